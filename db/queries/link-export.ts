import { and, eq, inArray, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { idFromUuid } from '@/core/ids';
import type { Executor } from '../client';
import { paymentLinks as p, linkTokens as t } from '../schema';
import { csvCell, csvCells, csvQuoted, csvTime } from './csv';
import { ms, type Read, statusNow } from './link-list';
import { type LinkTokenRow, newestTokenBeside } from './payment-links';

/** Texts by their names, as JSON.stringify writes them: one that is not empty holds quotes, and is no formula. */
const jsonCell = (object: SQLWrapper): SQL =>
  sql`case when ${object} = '{}' then '{}' else ${csvQuoted(
    sql`(select '{' || string_agg(to_json(key)::text || ':' || to_json(value)::text, ',') || '}' from jsonb_each_text(${object}))`,
  )} end`;

/** The columns before that of the profile, whose id the database does not write, and those behind it: each with its cell. */
const [BEFORE, BEHIND] = [
  {
    status: statusNow,
    ...{ reference: csvCell(p.reference), description: csvCell(p.description) },
    ...{ currency: p.currency, amountType: p.amountType, amountMinor: p.amountMinor },
    ...{ minAmountMinor: p.minAmountMinor, maxAmountMinor: p.maxAmountMinor },
    ...{ capturedMinor: p.capturedMinor, refundedMinor: p.refundedMinor, disputedMinor: p.disputedMinor },
  },
  {
    ...{ 'customer.name': csvCell(p.customerName), 'customer.email': csvCell(p.customerEmail) },
    ...{ 'customer.phone': csvCell(p.customerPhone), 'customer.timeZone': csvCell(p.customerTimeZone) },
    ...{ locale: p.locale, metadata: jsonCell(p.metadata), createdBy: csvCell(p.createdByName) },
    ...{ createdAt: csvTime(p.createdAt), expiresAt: csvTime(p.expiresAt) },
    ...{ paidAt: csvTime(p.paidAt), canceledAt: csvTime(p.canceledAt) },
  },
];
/** What `before` and `behind` of a link are the cells of. */
export const EXPORTED = { before: Object.keys(BEFORE), behind: Object.keys(BEHIND) };

/**
 * What a file tells of a link: a million rows are not worth an object with a value for each cell. Ids as in the table, instants
 * in milliseconds, cells as they stand in the file; `opens…` is of the token that `findNewestTokens` gives.
 */
export type ExportedLink = {
  id: string;
  profileId: string;
  before: string;
  behind: string;
  value: number | null;
  opens: LinkTokenRow['id'];
  opensKey: number;
  opensOrigin: string | null;
  opensUntil: number;
};

const cells = sql`${p.id} as id, ${p.profileId} as "profileId",
  ${csvCells(Object.values(BEFORE))} as before, ${csvCells(Object.values(BEHIND))} as behind`;
const token = newestTokenBeside(
  sql`${t.id} as opens, ${t.keyId} as "opensKey", ${t.origin} as "opensOrigin", ${ms(t.expiresAt)} as "opensUntil"`,
);

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
