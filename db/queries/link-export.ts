import { and, eq, inArray, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { idFromUuid } from '@/core/ids';
import type { LinkStatus } from '@/core/payment-link';
import type { Executor } from '../client';
import { linkTokens, paymentLinks as p } from '../schema';
import { isClocked, type Read } from './link-list';
import type { LinkTokenRow } from './payment-links';

const ms = (at: SQLWrapper): SQL => sql`(extract(epoch from ${at}) * 1000)::float8`;

/** What a file tells of a link, each as the driver gives it: a million rows are not worth objects of their own. */
const CELLS = {
  ...{ merchantId: p.merchantId, id: p.id, reference: p.reference, description: p.description },
  /** `hasStatus` the other way round. */
  status: sql`case when ${isClocked} and ${p.expiresAt} <= cf_now() then 'expired' else ${p.standing} end`,
  ...{ currency: p.currency, amountType: p.amountType, amountMinor: p.amountMinor },
  ...{ minAmountMinor: p.minAmountMinor, maxAmountMinor: p.maxAmountMinor },
  ...{ capturedMinor: p.capturedMinor, refundedMinor: p.refundedMinor, disputedMinor: p.disputedMinor },
  ...{ profileId: p.profileId, customerName: p.customerName, customerEmail: p.customerEmail },
  ...{ customerPhone: p.customerPhone, customerTimeZone: p.customerTimeZone, locale: p.locale },
  ...{ metadata: p.metadata, createdByName: p.createdByName },
  ...{ createdAt: ms(p.createdAt), expiresAt: ms(p.expiresAt), paidAt: ms(p.paidAt) },
  ...{ canceledAt: ms(p.canceledAt) },
};
type Times = 'createdAt' | 'expiresAt' | 'paidAt' | 'canceledAt';

/** Ids as in the table, instants in milliseconds; `opens…` is of the token that `findNewestTokens` gives. */
export type ExportedLink = Record<Exclude<keyof typeof CELLS, Times>, string | null> &
  Record<Times, number | null> & {
    status: LinkStatus;
    id: string;
    profileId: string;
    metadata: Record<string, string>;
    value: number | null;
    opens: LinkTokenRow['id'];
    opensKey: number;
    opensOrigin: string | null;
    opensUntil: number;
  };

const cells = sql.join(
  Object.entries(CELLS).map(([name, cell]) => sql`${cell} as ${sql.identifier(name)}`),
  sql`, `,
);
const token = sql`select t.id as opens, t.key_id as "opensKey", t.origin as "opensOrigin", ${ms(sql`t.expires_at`)} as "opensUntil"
  from ${linkTokens} t where t.merchant_id = ${p.merchantId} and t.payment_link_id = ${p.id}
  order by t.state = 'live' desc, t.created_at desc limit 1`;

/** All of a file's rows by one statement a page. */
export const readForExport: Read<ExportedLink> = async (tx, { from, where, order, limit, value }) => [
  ...(await tx.execute<ExportedLink>(
    sql`select ${cells}, ${value} as value, token.* from ${from}, lateral (${token}) as token
      where ${where ?? sql`true`} order by ${order} limit ${limit}`,
  )),
];

/** The same of some links by their ids, in the order of these; what is none of this merchant's is left out. */
export async function readChosenForExport(
  tx: Executor,
  merchantId: number,
  ids: readonly string[],
): Promise<ExportedLink[]> {
  const where = and(eq(p.merchantId, merchantId), inArray(p.id, [...ids]));
  const rows = await tx.execute<ExportedLink>(
    sql`select ${cells}, null as value, token.* from ${p}, lateral (${token}) as token where ${where}`,
  );
  const known = new Map(rows.map((row) => [idFromUuid('paymentLink', row.id), row]));
  return ids.flatMap((id) => known.get(id) ?? []);
}
