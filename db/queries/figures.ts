import { and, asc, eq, getTableColumns, gte, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { EventType } from '@/core/events';
import { STAGES, type Stage, TIMES_STEP } from '@/core/figures';
import type { Executor } from '../client';
import { dailyFigures as f, figuresMarks as marks, merchants } from '../schema';

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

/** The kept figures of a merchant from a day on, and the instant up to which they are all of it; null where none are. */
export async function readFigures(
  tx: Executor,
  merchantId: number,
  from: string,
): Promise<{ through: Date | null; rows: FiguresRow[] }> {
  const found = await tx
    .select({ through: marks.through, row: f })
    .from(marks)
    .leftJoin(f, and(eq(f.merchantId, marks.merchantId), gte(f.day, from)))
    .where(eq(marks.merchantId, merchantId));
  return { through: found[0]?.through ?? null, rows: found.flatMap(({ row }) => row ?? []) };
}

/** Compare-and-set: what is counted goes on from one instant to the next. False when somebody else has counted it. */
export async function moveMark(
  tx: Executor,
  merchantId: number,
  from: Date | null,
  through: Date,
): Promise<boolean> {
  const moved = from
    ? await tx
        .update(marks)
        .set({ through })
        .where(and(eq(marks.merchantId, merchantId), eq(marks.through, from)))
        .returning()
    : await tx.insert(marks).values({ merchantId, through }).onConflictDoNothing().returning();
  return moved.length > 0;
}

export async function listFiguresOf(tx: Executor, merchantId: number, day: string): Promise<FiguresRow[]> {
  return tx
    .select()
    .from(f)
    .where(and(eq(f.merchantId, merchantId), eq(f.day, day)));
}

/** Puts the figures of days in the place of what was kept of them. */
export async function putFigures(tx: Executor, rows: readonly FiguresRow[]): Promise<void> {
  const { merchantId, day, way, ...counted } = getTableColumns(f);
  const set = Object.fromEntries(
    Object.entries(counted).map(([key, { name }]) => [key, sql`excluded.${sql.identifier(name)}`]),
  );
  await tx
    .insert(f)
    .values([...rows])
    .onConflictDoUpdate({ target: [merchantId, day, way], set });
}

/** A merchant whose figures can be counted further. */
export type FiguresDue = { merchantId: number; timeZone: string; createdAt: Date; through: Date | null };

/** Merchants of whom something has happened up to an instant that is not counted yet, or whose day is over. */
export async function listFiguresDue(tx: Executor, until: Date, limit: number): Promise<FiguresDue[]> {
  const settled = sql`${until.toISOString()}::timestamptz`;
  const isNews = sql`exists (select from events e where e.merchant_id = ${merchants.id}
    and e.occurred_at >= ${marks.through} and e.occurred_at < ${settled})`;
  const isNewDay = sql`(${marks.through} at time zone ${merchants.timeZone})::date < (${settled} at time zone ${merchants.timeZone})::date`;
  return tx
    .select({
      merchantId: merchants.id,
      timeZone: merchants.timeZone,
      createdAt: merchants.createdAt,
      through: marks.through,
    })
    .from(merchants)
    .leftJoin(marks, eq(marks.merchantId, merchants.id))
    .where(or(isNull(marks.through), and(lt(marks.through, settled), or(isNewDay, isNews))))
    .orderBy(asc(marks.through))
    .limit(limit);
}
