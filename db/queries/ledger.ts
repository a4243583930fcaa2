import { and, asc, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { LedgerKind } from '@/core/ledger';
import type { Executor } from '../client';
import { ledgerEntries, paymentAttempts, paymentLinks } from '../schema';

export type LedgerEntryRow = typeof ledgerEntries.$inferSelect;

const l = ledgerEntries;

/** Enters money that moved. The ledger is append-only: there is no other write. */
export async function insertLedgerEntry(tx: Executor, values: typeof l.$inferInsert): Promise<void> {
  await tx.insert(l).values(values);
}

/** `from` inclusive, `to` exclusive; `after` is the id of the last entry of the page before, in the order asked for. */
export type LedgerRange = {
  from?: Date | undefined;
  to?: Date | undefined;
  kind?: LedgerKind | undefined;
  currency?: string | undefined;
  paymentLink?: string | undefined;
  order?: 'oldest' | 'newest';
  after?: string | undefined;
};

/** Entries in the order in which the money moved, or the other way. One index range, whatever the depth. */
export async function listLedgerEntries(
  tx: Executor,
  merchantId: number,
  range: LedgerRange,
  limit: number,
): Promise<LedgerEntryRow[]> {
  return pageOfLedger(tx, merchantId, range, limit);
}

/** The statement of such a page, to be run or built on. */
export function pageOfLedger(
  tx: Executor,
  merchantId: number,
  { from, to, kind, currency, paymentLink, order = 'oldest', after }: LedgerRange,
  limit: number,
) {
  const c = alias(ledgerEntries, 'c');
  const last = tx
    .select({ at: c.at, id: c.id })
    .from(c)
    .where(and(eq(c.merchantId, merchantId), eq(c.id, after ?? '')));
  const [by, beyond] = order === 'oldest' ? [asc, sql`>`] : [desc, sql`<`];
  return tx
    .select()
    .from(l)
    .where(
      and(
        eq(l.merchantId, merchantId),
        from && gte(l.at, from),
        to && lt(l.at, to),
        kind && eq(l.kind, kind),
        currency ? eq(l.currency, currency) : undefined,
        paymentLink ? eq(l.paymentLinkId, paymentLink) : undefined,
        after ? sql`(${l.at}, ${l.id}) ${beyond} (${last})` : undefined,
      ),
    )
    .orderBy(by(l.at), by(l.id))
    .limit(limit);
}

const sumOf = (plus: LedgerKind, minus?: LedgerKind): SQL<number> =>
  sql<string>`(select coalesce(sum(case when e.kind = ${plus} then e.amount_minor when e.kind = ${minus ?? null} then -e.amount_minor else 0 end), 0)
    from ledger_entries e where e.merchant_id = payment_links.merchant_id and e.payment_link_id = payment_links.id)`.mapWith(
    Number,
  );
/** What a link's columns must say, by its ledger. A dispute takes its money when it opens; won, it comes back. */
const SUMS = {
  capturedMinor: sumOf('payment'),
  refundedMinor: sumOf('refund'),
  disputedMinor: sumOf('chargeback', 'reversal'),
};

export type LinkDrift = {
  id: string;
  currency: string;
  columns: Record<keyof typeof SUMS, number>;
  ledger: Record<keyof typeof SUMS, number>;
};
/** Links of a profile of which a try was submitted or money moved within the span; without one, all of the merchant. */
export type DriftSpan = { profileId: string; from: Date; to: Date };

/** Links whose own totals are not the sums of their ledger entries. There should never be one. */
export async function listLinkDrifts(
  tx: Executor,
  merchantId: number,
  span: DriftSpan | undefined,
  limit: number,
): Promise<LinkDrift[]> {
  const [p, a] = [paymentLinks, paymentAttempts];
  const within = (time: typeof a.submittedAt | typeof l.at, { from, to }: DriftSpan) =>
    and(gte(time, from), lt(time, to));
  const touched = (of: DriftSpan) =>
    sql`payment_links.id in (${tx
      .select({ id: a.paymentLinkId })
      .from(a)
      .where(and(eq(a.merchantId, merchantId), within(a.submittedAt, of)))} union ${tx
      .select({ id: l.paymentLinkId })
      .from(l)
      .where(and(eq(l.merchantId, merchantId), within(l.at, of)))})`;
  const { capturedMinor, refundedMinor, disputedMinor } = p;
  return tx
    .select({
      id: p.id,
      currency: p.currency,
      columns: { capturedMinor, refundedMinor, disputedMinor },
      ledger: SUMS,
    })
    .from(p)
    .where(
      and(
        eq(p.merchantId, merchantId),
        span && and(eq(p.profileId, span.profileId), touched(span)),
        sql`(${capturedMinor}, ${refundedMinor}, ${disputedMinor}) is distinct from (${SUMS.capturedMinor}, ${SUMS.refundedMinor}, ${SUMS.disputedMinor})`,
      ),
    )
    .limit(limit);
}
