import {
  and,
  desc,
  eq,
  getTableColumns,
  gte,
  ilike,
  inArray,
  isNull,
  lt,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { LookupOutcome } from '@/core/crm';
import {
  type AmountType,
  LINK_TRANSITIONS,
  type LinkAccess,
  type LinkStatus,
  TOKEN_TRANSITIONS,
} from '@/core/payment-link';
import { uuidEndOf } from '@/core/receipt';
import { canMove, sourcesOf } from '@/core/transitions';
import type { Executor } from '../client';
import { linkTokens, paymentLinks } from '../schema';
import type { Rows } from './rows';

/** A link as the database tells it now: `expired` and `now` are of its clock. */
const columns = {
  ...getTableColumns(paymentLinks),
  expired: sql<boolean>`${paymentLinks.expiresAt} <= cf_now()`,
  now: sql<Date>`cf_now()`.mapWith(paymentLinks.createdAt),
};
export type PaymentLinkRow = typeof paymentLinks.$inferSelect & { expired: boolean; now: Date };
export type LinkTokenRow = typeof linkTokens.$inferSelect;

type Key = { merchantId: number; id: string };
const keyed = ({ merchantId, id }: Key) =>
  and(eq(paymentLinks.merchantId, merchantId), eq(paymentLinks.id, id));

/** New links, each with a token that opens it. The rows say all of themselves; `now` and `expired` are no columns. */
export const paymentLinkRows = (
  links: readonly PaymentLinkRow[],
  tokens: readonly LinkTokenRow[],
): Rows[] => [
  { table: paymentLinks, rows: links },
  { table: linkTokens, rows: tokens },
];

export async function insertLinkToken(
  tx: Executor,
  values: typeof linkTokens.$inferInsert,
): Promise<LinkTokenRow | undefined> {
  return (await tx.insert(linkTokens).values(values).returning())[0];
}

/** This moment on the database's clock, to the whole second: the instant of an issue. */
export async function instantOfIssue(tx: Executor): Promise<Date> {
  const rows = await tx.execute<{ at: string }>(
    sql`select to_char(cf_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at`,
  );
  return new Date(rows[0]?.at ?? Number.NaN);
}

export async function findPaymentLink(tx: Executor, key: Key): Promise<PaymentLinkRow | undefined> {
  return (await tx.select(columns).from(paymentLinks).where(keyed(key)))[0];
}

/**
 * The link with its row locked until the transaction ends: money and attempts are decided under this lock. Its clock is
 * read once the lock is had: a statement that waits for a row has computed what it selects before.
 */
export async function lockPaymentLink(tx: Executor, key: Key): Promise<PaymentLinkRow | undefined> {
  await tx.select({ id: paymentLinks.id }).from(paymentLinks).where(keyed(key)).for('update');
  return findPaymentLink(tx, key);
}

/** The token that opens each link: the live one or, where there is none, the newest. */
export async function findNewestTokens(
  tx: Executor,
  merchantId: number,
  links: string[],
): Promise<LinkTokenRow[]> {
  if (links.length === 0) return [];
  return tx
    .selectDistinctOn([linkTokens.paymentLinkId])
    .from(linkTokens)
    .where(and(eq(linkTokens.merchantId, merchantId), inArray(linkTokens.paymentLinkId, links)))
    .orderBy(linkTokens.paymentLinkId, desc(eq(linkTokens.state, 'live')), desc(linkTokens.createdAt));
}

/** Puts an end to the tokens of a link, for a new one: pages under them say that they were replaced. */
export async function supersedeTokens(tx: Executor, merchantId: number, link: string): Promise<void> {
  const from = inArray(linkTokens.state, sourcesOf(TOKEN_TRANSITIONS, 'superseded'));
  await tx
    .update(linkTokens)
    .set({ state: 'superseded' })
    .where(and(eq(linkTokens.merchantId, merchantId), eq(linkTokens.paymentLinkId, link), from));
}

export type LinkChange = Omit<
  PgUpdateSetSource<typeof paymentLinks>,
  'merchantId' | 'id' | 'version' | 'updatedAt' | 'sequence' | 'access'
> & { access?: LinkAccess };

/**
 * Compare-and-set: changes the link if its access is still one of `from`, and may move to the new one, where there is one;
 * returns the new row, or undefined.
 */
export async function changePaymentLink(
  tx: Executor,
  key: Key,
  from: readonly LinkAccess[],
  change: LinkChange,
): Promise<PaymentLinkRow | undefined> {
  const to = change.access;
  const movable = from.filter((access) => !to || to === access || canMove(LINK_TRANSITIONS, access, to));
  const rows = await tx
    .update(paymentLinks)
    .set({ ...change, version: sql`${paymentLinks.version} + 1`, updatedAt: sql`cf_now()` })
    .where(and(keyed(key), inArray(paymentLinks.access, movable)))
    .returning(columns);
  return rows[0];
}

/** Compare-and-set: the one lookup of a link that a payer's press may ask for is begun. True for whoever has it. */
export async function beginLookup(tx: Executor, key: Key): Promise<boolean> {
  const rows = await tx
    .update(paymentLinks)
    .set({ lookedUpAt: sql`cf_now()` })
    .where(and(keyed(key), isNull(paymentLinks.lookedUpAt)))
    .returning({ id: paymentLinks.id });
  return rows.length > 0;
}

/** How the lookup of a link ended, where it changed nothing: bookkeeping, which leaves the link's version as it is. */
export async function endLookup(tx: Executor, key: Key, outcome: LookupOutcome): Promise<void> {
  await tx.update(paymentLinks).set({ lookupOutcome: outcome }).where(keyed(key));
}

/** Takes the next event number of a link; the row stays locked, so numbers are committed in order. */
export async function takeSequence(tx: Executor, key: Key): Promise<PaymentLinkRow | undefined> {
  const rows = await tx
    .update(paymentLinks)
    .set({ sequence: sql`${paymentLinks.sequence} + 1` })
    .where(keyed(key))
    .returning(columns);
  return rows[0];
}

const p = paymentLinks;
const open = sql`${p.expiresAt} > cf_now()`;
const settled = sql`(case when ${p.amountType} = 'open' then ${p.capturedMinor} > 0 else ${p.capturedMinor} >= ${p.ceilingMinor} end)`;
const unpaid = sql`${p.disputedMinor} = 0 and ${p.refundedMinor} = 0 and not ${settled}`;
const idle = sql`${unpaid} and ${p.heldMinor} = 0`;
const live = sql`${idle} and (${open} or ${p.access} = 'draft')`;
/** The SQL of core's `statusOf`; a test holds the two against each other. */
const STATUS_SQL: Record<LinkStatus, SQL> = {
  disputed: sql`${p.disputedMinor} > 0`,
  refunded: sql`${p.disputedMinor} = 0 and ${p.capturedMinor} > 0 and ${p.refundedMinor} >= ${p.capturedMinor}`,
  partially_refunded: sql`${p.disputedMinor} = 0 and ${p.refundedMinor} > 0 and ${p.refundedMinor} < ${p.capturedMinor}`,
  paid: sql`${p.disputedMinor} = 0 and ${p.refundedMinor} = 0 and ${settled}`,
  processing: sql`${unpaid} and ${p.heldMinor} > 0`,
  canceled: sql`${idle} and ${p.access} = 'canceled'`,
  expired: sql`${idle} and (${p.access} = 'expired' or (not (${open}) and ${p.access} not in ('draft', 'canceled')))`,
  locked: sql`${live} and ${p.access} = 'locked'`,
  partially_paid: sql`${live} and ${p.access} in ('active', 'draft') and ${p.capturedMinor} > 0`,
  draft: sql`${live} and ${p.access} = 'draft' and ${p.capturedMinor} = 0`,
  active: sql`${live} and ${p.access} = 'active' and ${p.capturedMinor} = 0`,
};

export type LinkFilter = {
  status?: LinkStatus | undefined;
  amountType?: AmountType | undefined;
  reference?: string | undefined;
  /** E-mail, phone or part of the name. */
  customer?: string | undefined;
  createdBy?: string | undefined;
  profileId?: string | undefined;
  batch?: string | undefined;
  createdFrom?: Date | undefined;
  createdTo?: Date | undefined;
  expiresBefore?: Date | undefined;
  q?: string | undefined;
  /** Only links older than this id: the cursor. */
  before?: string | undefined;
};

const contains = (text: string) => `%${text.replace(/[\\%_]/g, (char) => `\\${char}`)}%`;

/** Newest first. One index range by primary key, whatever the depth. */
export async function listPaymentLinks(
  tx: Executor,
  merchantId: number,
  filter: LinkFilter,
  limit: number,
): Promise<PaymentLinkRow[]> {
  const where: (SQL | undefined)[] = [eq(p.merchantId, merchantId)];
  if (filter.before) where.push(lt(p.id, filter.before));
  if (filter.status) where.push(STATUS_SQL[filter.status]);
  if (filter.amountType) where.push(eq(p.amountType, filter.amountType));
  if (filter.reference) where.push(eq(p.reference, filter.reference));
  if (filter.createdBy) where.push(eq(p.createdById, filter.createdBy));
  if (filter.profileId) where.push(eq(p.profileId, filter.profileId));
  if (filter.batch) where.push(eq(p.batchId, filter.batch));
  if (filter.createdFrom) where.push(gte(p.createdAt, filter.createdFrom));
  if (filter.createdTo) where.push(lt(p.createdAt, filter.createdTo));
  if (filter.expiresBefore) where.push(lt(p.expiresAt, filter.expiresBefore));
  if (filter.customer)
    where.push(
      or(
        eq(p.customerEmail, filter.customer),
        eq(p.customerPhone, filter.customer),
        ilike(p.customerName, contains(filter.customer)),
      ),
    );
  const byReceipt = filter.q && uuidEndOf(filter.q);
  if (filter.q)
    where.push(
      or(
        byReceipt ? sql`right(replace(${p.id}::text, '-', ''), 15) = ${byReceipt}` : undefined,
        ...[p.reference, p.customerName, p.customerEmail, p.customerPhone, p.description].map((c) =>
          ilike(c, contains(filter.q ?? '')),
        ),
      ),
    );
  return tx
    .select(columns)
    .from(p)
    .where(and(...where))
    .orderBy(desc(p.id))
    .limit(limit);
}

/** What names these links to people. */
export async function findLinkNames(tx: Executor, merchantId: number, ids: string[]) {
  if (ids.length === 0) return [];
  const { id, reference, description, customerName } = p;
  return tx
    .select({ id, reference, description, customerName })
    .from(p)
    .where(and(eq(p.merchantId, merchantId), inArray(id, ids)));
}
