import { and, eq, gt, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { type AttemptState, OPEN_ATTEMPT_STATES } from '@/core/payment-attempt';
import type { AmountType, LinkStatus } from '@/core/payment-link';
import type { Executor } from '../client';
import { linkRequests, paymentLinks as p, paymentAttempts, linkTokens as t } from '../schema';
import { ms, type Read, statusNow } from './link-list';
import { isOneOf, newestTokenBeside } from './payment-links';
import { written } from './written';

type Beside = typeof paymentAttempts | typeof linkRequests;
/** Rows of another table that are of the link beside which they are read. */
const ofLink = (table: Beside, ...where: (SQL | undefined)[]): SQL =>
  sql`from ${table} where ${and(eq(table.merchantId, p.merchantId), eq(table.paymentLinkId, p.id), ...where)}`;

const { state, refundingMinor } = paymentAttempts;
const number = (column: SQLWrapper): SQL => sql`${column}::float8`;

/** What the lists of staff show of a link, and what stands beside it, each as the driver gives it. */
const CELLS = {
  ...{ id: p.id, status: statusNow, livemode: p.livemode, amountMinor: number(p.amountMinor) },
  ...{ currency: p.currency, amountType: p.amountType, capturedMinor: number(p.capturedMinor) },
  ...{ refundedMinor: number(p.refundedMinor), disputedMinor: number(p.disputedMinor) },
  ...{ description: p.description, reference: p.reference, profileId: p.profileId, phrase: p.phrase },
  ...{ createdAt: ms(p.createdAt), expiresAt: ms(p.expiresAt), paidAt: ms(p.paidAt) },
  ...{ canceledAt: ms(p.canceledAt), customerName: p.customerName, customerEmail: p.customerEmail },
  ...{ customerPhone: p.customerPhone, createdByName: p.createdByName },
  /** What an address is made from. */
  opening: sql`(${newestTokenBeside(
    sql`json_build_object('id', ${t.id}, 'keyId', ${t.keyId}, 'origin', ${t.origin}, 'expiresAt', ${ms(t.expiresAt)})`,
  )})`,
  /** Of a link at most one is open. */
  underWay: sql`(select ${state} ${ofLink(paymentAttempts, sql`${state} in (${written(OPEN_ATTEMPT_STATES)})`)})`,
  refunding: sql`to_json(array(select ${refundingMinor} ${ofLink(paymentAttempts, gt(refundingMinor, sql`0`))}))`,
  asksAnew: sql`exists (select ${ofLink(linkRequests, sql`${linkRequests.state} = 'pending'`)})`,
};
const cells = sql.join(
  Object.entries(CELLS).map(([name, cell]) => sql`${cell} as ${sql.identifier(name)}`),
  sql`, `,
);

/** Ids as in the table, instants in milliseconds. */
export type DeskLinkRow = {
  id: string;
  status: LinkStatus;
  livemode: boolean;
  amountMinor: number | null;
  currency: string;
  amountType: AmountType;
  capturedMinor: number;
  refundedMinor: number;
  disputedMinor: number;
  description: string | null;
  reference: string | null;
  profileId: string;
  phrase: string;
  createdAt: number;
  expiresAt: number;
  paidAt: number | null;
  canceledAt: number | null;
  customerName: string | null;
  customerEmail: string | null;
  customerPhone: string | null;
  createdByName: string;
  opening: { id: string; keyId: number; origin: string | null; expiresAt: number } | null;
  underWay: AttemptState | null;
  /** On its way back, of each try, in minor units. */
  refunding: number[];
  asksAnew: boolean;
  /** By what it is sorted before its id. */
  value: number | null;
};

/** All that a page of a list shows by one statement: what stands beside a link is read for those of the page alone. */
export const readForDesk: Read<DeskLinkRow> = async (tx, { from, where, order, limit, value }) => [
  ...(await tx.execute<DeskLinkRow>(
    sql`select ${cells}, ${value} as value from ${from} where ${where ?? sql`true`} order by ${order} limit ${limit}`,
  )),
];

/** The same of some links by their ids; what is none of this merchant's is left out. */
export async function readChosenForDesk(
  tx: Executor,
  merchantId: number,
  ids: readonly string[],
): Promise<DeskLinkRow[]> {
  const where = and(eq(p.merchantId, merchantId), isOneOf(p.id, ids));
  return [...(await tx.execute<DeskLinkRow>(sql`select ${cells}, null as value from ${p} where ${where}`))];
}
