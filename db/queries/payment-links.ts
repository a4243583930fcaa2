import { and, desc, eq, getTableColumns, gte, ilike, inArray, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { LinkAccess, LinkStatus } from '@/core/payment-link';
import type { Executor } from '../client';
import { linkTokens, paymentLinks } from '../schema';

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

export async function insertPaymentLink(
  tx: Executor,
  values: typeof paymentLinks.$inferInsert,
): Promise<void> {
  await tx.insert(paymentLinks).values(values);
}

export async function insertLinkToken(
  tx: Executor,
  values: typeof linkTokens.$inferInsert,
): Promise<LinkTokenRow | undefined> {
  return (await tx.insert(linkTokens).values(values).returning())[0];
}

/** The instant `seconds` from now, on the database's clock, to the whole second. */
export async function instantFromNow(tx: Executor, seconds: number): Promise<Date> {
  const rows = await tx.execute<{ at: string }>(
    sql`select to_char((date_trunc('second', cf_now()) + make_interval(secs => ${seconds})) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at`,
  );
  return new Date(rows[0]?.at ?? Number.NaN);
}

export async function findPaymentLink(tx: Executor, key: Key): Promise<PaymentLinkRow | undefined> {
  return (await tx.select(columns).from(paymentLinks).where(keyed(key)))[0];
}

/** The link with its row locked until the transaction ends: money and attempts are decided under this lock. */
export async function lockPaymentLink(tx: Executor, key: Key): Promise<PaymentLinkRow | undefined> {
  return (await tx.select(columns).from(paymentLinks).where(keyed(key)).for('update'))[0];
}

/** The newest token of each link. */
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
    .orderBy(linkTokens.paymentLinkId, desc(linkTokens.createdAt));
}

export async function findLinkToken(
  tx: Executor,
  merchantId: number,
  id: string,
): Promise<LinkTokenRow | undefined> {
  return (
    await tx
      .select()
      .from(linkTokens)
      .where(and(eq(linkTokens.merchantId, merchantId), eq(linkTokens.id, id)))
  )[0];
}

type LinkChange = Omit<
  PgUpdateSetSource<typeof paymentLinks>,
  'merchantId' | 'id' | 'version' | 'updatedAt' | 'sequence'
>;

/** Compare-and-set: changes the link if its access is still one of `from`; returns the new row, or undefined. */
export async function changePaymentLink(
  tx: Executor,
  key: Key,
  from: readonly LinkAccess[],
  change: LinkChange,
): Promise<PaymentLinkRow | undefined> {
  const rows = await tx
    .update(paymentLinks)
    .set({ ...change, version: sql`${paymentLinks.version} + 1`, updatedAt: sql`cf_now()` })
    .where(and(keyed(key), inArray(paymentLinks.access, [...from])))
    .returning(columns);
  return rows[0];
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
const unpaid = sql`${p.capturedMinor} = 0`;
const open = sql`${p.expiresAt} > cf_now()`;
/** The SQL of core's `statusOf`; a test holds the two against each other. */
const STATUS_SQL: Record<LinkStatus, SQL> = {
  draft: sql`${p.access} = 'draft' and ${unpaid}`,
  active: sql`${p.access} = 'active' and ${unpaid} and ${open}`,
  processing: sql`${p.access} = 'processing' and ${p.capturedMinor} < ${p.amountMinor} and ${p.refundedMinor} = 0`,
  locked: sql`${p.access} = 'locked' and ${p.capturedMinor} < ${p.amountMinor} and ${p.refundedMinor} = 0 and ${open}`,
  partially_paid: sql`${p.access} in ('active', 'draft') and ${p.capturedMinor} > 0 and ${p.capturedMinor} < ${p.amountMinor} and ${p.refundedMinor} = 0 and (${open} or ${p.access} = 'draft')`,
  paid: sql`${p.capturedMinor} >= ${p.amountMinor} and ${p.refundedMinor} = 0`,
  partially_refunded: sql`${p.refundedMinor} > 0 and ${p.refundedMinor} < ${p.capturedMinor}`,
  refunded: sql`${p.capturedMinor} > 0 and ${p.refundedMinor} >= ${p.capturedMinor}`,
  expired: sql`${p.capturedMinor} < ${p.amountMinor} and ${p.refundedMinor} = 0 and (${p.access} = 'expired' or (${p.access} in ('active', 'locked') and not (${open})))`,
  canceled: sql`${p.access} = 'canceled' and ${p.capturedMinor} < ${p.amountMinor} and ${p.refundedMinor} = 0`,
};

export type LinkFilter = {
  status?: LinkStatus | undefined;
  reference?: string | undefined;
  /** E-mail, phone or part of the name. */
  customer?: string | undefined;
  createdBy?: string | undefined;
  profileId?: string | undefined;
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
  if (filter.reference) where.push(eq(p.reference, filter.reference));
  if (filter.createdBy) where.push(eq(p.createdById, filter.createdBy));
  if (filter.profileId) where.push(eq(p.profileId, filter.profileId));
  if (filter.createdFrom) where.push(gte(p.createdAt, filter.createdFrom));
  if (filter.createdTo) where.push(lte(p.createdAt, filter.createdTo));
  if (filter.expiresBefore) where.push(lt(p.expiresAt, filter.expiresBefore));
  if (filter.customer)
    where.push(
      or(
        eq(p.customerEmail, filter.customer),
        eq(p.customerPhone, filter.customer),
        ilike(p.customerName, contains(filter.customer)),
      ),
    );
  if (filter.q)
    where.push(
      or(
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
