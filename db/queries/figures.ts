import { and, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import type { EventType } from '@/core/events';
import { STAGES, type Stage, TIMES_STEP } from '@/core/figures';
import type { Executor } from '../client';
import { dailyFigures as f } from '../schema';

export type FiguresRow = typeof f.$inferSelect;
export type Measured = Omit<FiguresRow, 'merchantId' | 'day'>;

const EVENT_OF: Record<Stage, EventType> = {
  issued: 'payment_link.created',
  sent: 'payment_link.sent',
  delivered: 'message.delivered',
  opened: 'payment_link.opened',
  started: 'payment_attempt.started',
  paid: 'payment_link.paid',
};
const listed = (of: (stage: Stage) => SQL): SQL => sql.join(STAGES.map(of), sql`, `);
const named = (stage: Stage): SQL => sql`${sql.identifier(stage)}`;
const types = listed((stage) => sql.raw(`'${EVENT_OF[stage]}'`));

/**
 * What happened from `from` up to `to`, by how the links were to be sent. A link counts at a stage where its first event of
 * that kind is in this range; delivered, where it was a message that brings the link. The limits keep the database to asking
 * link by link, by index: its guesses make it read whole tables instead.
 */
export async function measureFigures(
  tx: Executor,
  merchantId: number,
  from: Date,
  to: Date,
): Promise<Measured[]> {
  const [since, until] = [sql`${from.toISOString()}::timestamptz`, sql`${to.toISOString()}::timestamptz`];
  const firstAt = (stage: Stage) =>
    sql`min(occurred_at) filter (where type = ${EVENT_OF[stage]}) as ${named(stage)}`;
  const isFirst = (stage: Stage) => sql`k.${named(stage)} is not null and (l.created_at >= ${since} or (
    select true from events e where e.merchant_id = ${merchantId} and e.payment_link_id = k.id
    and e.type = ${EVENT_OF[stage]} and e.occurred_at < ${since} limit 1) is null)`;
  const brought = sql`((l.challenge is null and 'sms' = any(l.channels)) or (
    select true from messages m where m.merchant_id = ${merchantId} and m.payment_link_id = k.id
    and m.state = 'delivered' and m.template in ('payment_request', 'reminder') limit 1))`;
  const rows = await tx.execute<Measured>(sql`
    with seen as (
      select payment_link_id as id, ${listed(firstAt)} from events
      where merchant_id = ${merchantId} and occurred_at >= ${since} and occurred_at < ${until} and type in (${types})
      group by 1
    ), links as (
      select case when cardinality(l.channels) > 1 then 'both' else coalesce(l.channels[1], 'none') end as way,
        floor(ln(greatest(1, extract(epoch from k.paid - l.created_at)::float8)) / ln(${TIMES_STEP}::float8))::int as step,
        ${listed((stage) => sql`${isFirst(stage)} ${stage === 'delivered' ? sql`and ${brought}` : sql``} as ${named(stage)}`)}
      from seen k, lateral (
        select channels, challenge, created_at from payment_links l
        where l.merchant_id = ${merchantId} and l.id = k.id limit 1
      ) l
    ), times as (
      select way, jsonb_object_agg(step, paid) as times from (
        select way, step, count(*) as paid from links where paid group by 1, 2) steps group by 1
    )
    select way, ${listed((stage) => sql`count(*) filter (where ${named(stage)})::int as ${named(stage)}`)},
      coalesce(times, '{}') as times
    from links left join times using (way) group by way, times`);
  return [...rows];
}

/** Keeps the figures of a day that is over; counted twice, the same stands. */
export async function insertFigures(tx: Executor, rows: readonly FiguresRow[]): Promise<void> {
  await tx
    .insert(f)
    .values([...rows])
    .onConflictDoNothing();
}

/** The kept figures of a merchant from one day up to another. */
export async function listFigures(
  tx: Executor,
  merchantId: number,
  from: string,
  to: string,
): Promise<FiguresRow[]> {
  return tx
    .select()
    .from(f)
    .where(and(eq(f.merchantId, merchantId), gte(f.day, from), lt(f.day, to)));
}

/** A merchant whose last day that is over has no figures: `newest` is the last day that has, null where none has. */
export type FiguresDue = { merchantId: number; timeZone: string; since: string; newest: string | null };

/** Merchants that owe figures of days that ended at least so many seconds ago. */
export async function listFiguresDue(tx: Executor, seconds: number, limit: number): Promise<FiguresDue[]> {
  const rows = await tx.execute<FiguresDue>(sql`
    select m.id::int8::float8 as "merchantId", m.time_zone as "timeZone",
      (m.created_at at time zone m.time_zone)::date::text as since, kept.newest::text as newest
    from merchants m, lateral (select max(day) as newest from daily_figures d where d.merchant_id = m.id) kept,
      lateral (select ((select cf_now()) - make_interval(secs => ${seconds})) at time zone m.time_zone as at) local
    where coalesce(kept.newest, '-infinity') < local.at::date - 1
    order by m.id limit ${limit}`);
  return [...rows];
}
