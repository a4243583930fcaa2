import { and, desc, eq, gt, gte, inArray, lt, sql } from 'drizzle-orm';
import { uuidFromId } from '@/core/ids';
import type { Executor } from '../client';
import { balanceReports, paymentAttempts, paymentLinks, paymentProfiles } from '../schema';
import { type LedgerEntryRow, type LedgerRange, pageOfLedger } from './ledger';

export type BalanceReportRow = typeof balanceReports.$inferSelect;
type ProfileKey = { merchantId: number; id: string };

const r = balanceReports;
const p = paymentProfiles;

/** Money of ours that the gateway should tell of too, with what the events of its kind say on its link. */
export type Movement = LedgerEntryRow & { profileId: string; told: { id: string; amountMinor: number }[] };

/**
 * A page of a merchant's ledger in order of time, from `from` up to `to`, each entry with its profile. The page is cut
 * before anything is joined, so that it costs the same at any depth.
 */
export async function listMovements(
  tx: Executor,
  merchantId: number,
  range: LedgerRange,
  limit: number,
): Promise<Movement[]> {
  const page = pageOfLedger(tx, merchantId, range, limit).as('page');
  const type = sql`case ${page.kind} when 'payment' then 'payment_attempt.succeeded' when 'refund' then 'refund.succeeded'
    when 'chargeback' then 'dispute.opened' when 'reversal' then 'dispute.closed' end`;
  const told = sql<Movement['told']>`coalesce((
    select json_agg(json_build_object('id', e.payload::json #>> '{data,id}', 'amountMinor', (e.payload::json #>> '{data,amountMinor}')::bigint))
    from events e where e.merchant_id = ${page.merchantId} and e.payment_link_id = ${page.paymentLinkId} and e.type = ${type}), '[]')`;
  const rows = await tx
    .select({ entry: page._.selectedFields, profileId: paymentLinks.profileId, told })
    .from(page)
    .innerJoin(
      paymentLinks,
      and(eq(paymentLinks.merchantId, page.merchantId), eq(paymentLinks.id, page.paymentLinkId)),
    )
    .orderBy(page.at, page.id);
  return rows.map(({ entry, ...more }) => ({ ...entry, ...more }));
}

/** Whose the attempts with these ids are, over all merchants: several may share one account at the gateway. */
export async function findOwners(tx: Executor, attempts: string[]) {
  const known = attempts.filter((id) => uuidFromId('paymentAttempt', id) !== null);
  if (known.length === 0) return [];
  const a = paymentAttempts;
  return tx
    .select({
      id: a.id,
      merchantId: a.merchantId,
      profileId: paymentLinks.profileId,
      capturedMinor: a.capturedMinor,
    })
    .from(a)
    .innerJoin(
      paymentLinks,
      and(eq(paymentLinks.merchantId, a.merchantId), eq(paymentLinks.id, a.paymentLinkId)),
    )
    .where(inArray(a.id, known));
}

/** Writes a day's report of one currency; made again it keeps its id. */
export async function upsertBalanceReport(tx: Executor, values: typeof r.$inferInsert): Promise<void> {
  const { id: _, merchantId: __, profileId: ___, day: ____, currency: _____, ...told } = values;
  await tx
    .insert(r)
    .values(values)
    .onConflictDoUpdate({
      target: [r.merchantId, r.profileId, r.day, r.currency],
      set: { ...told, madeAt: sql`cf_now()` },
    });
}

const ofDay = (merchantId: number, profileId: string, day: string) =>
  and(eq(r.merchantId, merchantId), eq(r.profileId, profileId), eq(r.day, day));

/** A day made again of which nothing is told in these currencies any more. */
export async function emptyBalanceReports(
  tx: Executor,
  { merchantId, id }: ProfileKey,
  day: string,
  except: string[],
): Promise<void> {
  await tx
    .update(r)
    .set({ gatewayMinor: 0, ledgerMinor: 0, eventsMinor: 0, gapCount: 0, gaps: [], madeAt: sql`cf_now()` })
    .where(
      and(
        ofDay(merchantId, id, day),
        sql`${r.currency} <> all(array(select jsonb_array_elements_text(${JSON.stringify(except)}::jsonb)))`,
      ),
    );
}

export type ReportFilter = {
  profileId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  withGaps?: boolean | undefined;
  /** Only reports first made before this one: the cursor. */
  before?: string | undefined;
};

/** The newest first. */
export async function listBalanceReports(
  tx: Executor,
  merchantId: number,
  { profileId, from, to, withGaps, before }: ReportFilter,
  limit: number,
): Promise<BalanceReportRow[]> {
  return tx
    .select()
    .from(r)
    .where(
      and(
        eq(r.merchantId, merchantId),
        profileId ? eq(r.profileId, profileId) : undefined,
        from ? gte(r.day, from) : undefined,
        to ? lt(r.day, to) : undefined,
        withGaps ? gt(r.gapCount, 0) : undefined,
        before ? lt(r.id, before) : undefined,
      ),
    )
    .orderBy(desc(r.id))
    .limit(limit);
}

export async function findBalanceReport(
  tx: Executor,
  merchantId: number,
  id: string,
): Promise<BalanceReportRow | undefined> {
  return (
    await tx
      .select()
      .from(r)
      .where(and(eq(r.merchantId, merchantId), eq(r.id, id)))
  )[0];
}

const TODAY = sql`((select cf_now()) at time zone 'UTC')::date`;
/** The first day of a profile that is over and was not balanced, at most `days` back. */
const nextDay = (days: number) =>
  sql`greatest(coalesce(${p.balancedThrough} + 1, (${p.createdAt} at time zone 'UTC')::date), ${TODAY} - ${days}::int)`;

/** Profiles, switched off ones too, with a day that is over and was not balanced. */
export async function listProfilesDue(tx: Executor, days: number): Promise<ProfileKey[]> {
  return tx
    .select({ merchantId: p.merchantId, id: p.id })
    .from(p)
    .where(sql`${nextDay(days)} < ${TODAY}`);
}

/** Days of the last `days` on which a difference was found: it may have settled since. */
export async function listDaysWithGaps(tx: Executor, days: number) {
  return tx
    .selectDistinct({ merchantId: r.merchantId, profileId: r.profileId, day: r.day })
    .from(r)
    .where(and(gt(r.gapCount, 0), sql`${r.day} >= ${TODAY} - ${days}::int`));
}

/** The next day that this profile owes a balance of, or null. */
export async function findDayDue(tx: Executor, key: ProfileKey, days: number): Promise<string | null> {
  const rows = await tx
    .select({ day: sql<string>`to_char(${nextDay(days)}, 'YYYY-MM-DD')` })
    .from(p)
    .where(and(eq(p.merchantId, key.merchantId), eq(p.id, key.id), sql`${nextDay(days)} < ${TODAY}`));
  return rows[0]?.day ?? null;
}

/** True for a day that is over, by the database's clock. */
export async function isDayOver(tx: Executor, day: string): Promise<boolean> {
  const rows = await tx.execute<{ over: boolean }>(sql`select ${day}::date < ${TODAY} as over`);
  return rows[0]?.over ?? false;
}

/** Compare-and-set: all days of a profile up to this one are balanced. */
export async function setBalancedThrough(tx: Executor, key: ProfileKey, day: string): Promise<void> {
  await tx
    .update(p)
    .set({ balancedThrough: day })
    .where(
      and(
        eq(p.merchantId, key.merchantId),
        eq(p.id, key.id),
        sql`(${p.balancedThrough} is null or ${p.balancedThrough} < ${day}::date)`,
      ),
    );
}
