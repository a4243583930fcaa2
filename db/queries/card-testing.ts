import { and, eq, gt, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import {
  BREAKER_SAMPLE,
  BREAKER_SECONDS,
  CARD_TESTING_WINDOW_SECONDS,
  type CardTestingFacts,
  MAX_TRIES_SHARED,
  SLOW_LOOK_SECONDS,
  SLOW_WINDOW_SECONDS,
  type Tries,
} from '@/core/card-testing';
import type { CardFacts } from '@/core/payment-attempt';
import type { Executor } from '../client';
import { alerts, merchants } from '../schema';

const since = sql`(select cf_now()) - make_interval(secs => ${CARD_TESTING_WINDOW_SECONDS})`;

/** What a merchant and a network have spent within the window, in one statement over two short index ranges. A merchant's tries count from the end of its last breaker on. */
export async function findCardTestingFacts(
  tx: Executor,
  merchantId: number,
  network: string | null,
  card: CardFacts | undefined,
): Promise<CardTestingFacts> {
  const { brand = null, last4 = null, expMonth = null, expYear = null } = card ?? {};
  const rows = await tx.execute<Record<'open', boolean> & Record<string, string>>(sql`
    select coalesce(m.breaker_until > (select cf_now()), false) as open, r.tries, r.declined, n.network_tries, n.cards
    from merchants m
    cross join lateral (
      select count(*) as tries, count(*) filter (where state = 'declined') as declined
      from (select state from payment_attempts where merchant_id = m.id and channel = 'ecommerce'
          and submitted_at > greatest(${since}, case when m.breaker_until <= (select cf_now()) then m.breaker_until end)
        order by submitted_at desc limit ${BREAKER_SAMPLE}) recent
    ) r
    cross join (
      select count(*) as network_tries, count(distinct (brand, last4, exp_month, exp_year)) filter (where
        (brand, last4, exp_month, exp_year) is distinct from (${brand}::text, ${last4}::text, ${expMonth}::int, ${expYear}::int)) as cards
      from (select brand, last4, exp_month, exp_year from payment_attempts
        where network = ${network}::text and submitted_at > ${since} and state not in ('succeeded', 'authorized')
        limit ${MAX_TRIES_SHARED}) recent
    ) n
    where m.id = ${merchantId}`);
  const row = rows[0];
  if (!row) throw new Error('no such merchant');
  return {
    breakerOpen: row.open,
    merchant: { tries: Number(row.tries), declined: Number(row.declined) },
    network: { name: network, tries: Number(row.network_tries), otherCards: Number(row.cards) },
  };
}

/** The newest tries of a merchant within a day, from when its alert of a slow test was last put away. */
const dayOf = (merchant: SQL) => sql`
  select count(*) as tries, count(*) filter (where state = 'declined') as declined
  from (select state from payment_attempts where merchant_id = ${merchant} and channel = 'ecommerce'
      and submitted_at > greatest((select cf_now()) - make_interval(secs => ${SLOW_WINDOW_SECONDS}),
        (select settled_at from alerts where merchant_id = ${merchant} and kind = 'card_testing' and subject = 'slow'))
    order by submitted_at desc limit ${BREAKER_SAMPLE}) recent`;
type Counted = { tries: string; declined: string };
const asTries = (row: Counted | undefined): Tries => ({
  tries: Number(row?.tries ?? 0),
  declined: Number(row?.declined ?? 0),
});

/** A merchant's day on the web. */
export async function findDay(tx: Executor, merchantId: number): Promise<Tries> {
  return asTries((await tx.execute<Counted>(dayOf(sql`${merchantId}::bigint`)))[0]);
}

/** The day of each merchant that had a try declined a moment ago. */
export async function listDays(tx: Executor): Promise<(Tries & { merchantId: number })[]> {
  const rows = await tx.execute<Counted & { merchant_id: string }>(sql`
    select m.merchant_id, d.tries, d.declined
    from (select distinct merchant_id from payment_attempts where state = 'declined' and channel = 'ecommerce'
      and submitted_at > (select cf_now()) - make_interval(secs => ${SLOW_LOOK_SECONDS})) m
    cross join lateral (${dayOf(sql`m.merchant_id`)}) d`);
  return rows.map((row) => ({ merchantId: Number(row.merchant_id), ...asTries(row) }));
}

/** Compare-and-set: opens a merchant's breaker; false when it stands open already. */
export async function openBreaker(tx: Executor, merchantId: number): Promise<boolean> {
  const rows = await tx
    .update(merchants)
    .set({ breakerUntil: sql`cf_now() + make_interval(secs => ${BREAKER_SECONDS})` })
    .where(
      and(
        eq(merchants.id, merchantId),
        or(isNull(merchants.breakerUntil), lte(merchants.breakerUntil, sql`cf_now()`)),
      ),
    )
    .returning({ id: merchants.id });
  return rows.length > 0;
}

/** Compare-and-set: closes a merchant's breaker before its time; false when it is closed. */
export async function closeBreaker(tx: Executor, merchantId: number): Promise<boolean> {
  const rows = await tx
    .update(merchants)
    .set({ breakerUntil: sql`cf_now()` })
    .where(and(eq(merchants.id, merchantId), gt(merchants.breakerUntil, sql`cf_now()`)))
    .returning({ id: merchants.id });
  return rows.length > 0;
}

/** Puts away the card-testing alerts, of all merchants, whose breaker or budget has been free again since; how many. One of a slow test stays for a person. */
export async function settleCardTestingAlerts(tx: Executor, by: string): Promise<number> {
  const rows = await tx
    .update(alerts)
    .set({ settledAt: sql`cf_now()`, settledByName: by })
    .where(
      and(
        eq(alerts.kind, 'card_testing'),
        ne(alerts.subject, 'slow'),
        isNull(alerts.settledAt),
        sql`${alerts.raisedAt} <= (select cf_now()) - make_interval(secs => ${BREAKER_SECONDS})`,
      ),
    )
    .returning({ merchantId: alerts.merchantId });
  return rows.length;
}
