import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { webhookDeliveries, webhookEndpoints } from '../schema';

const w = webhookEndpoints;
export type EndpointRow = typeof w.$inferSelect;
type Key = { merchantId: number; id: string };
type Change = { [K in keyof Omit<EndpointRow, 'merchantId' | 'id' | 'version'>]?: EndpointRow[K] | SQL };

const keyed = ({ merchantId, id }: Key) =>
  and(eq(w.merchantId, merchantId), eq(w.id, id), isNull(w.deletedAt));

export async function insertEndpoint(
  tx: Executor,
  values: typeof w.$inferInsert & { paused?: boolean },
): Promise<EndpointRow | undefined> {
  const { paused = false, ...row } = values;
  const pausedAt = paused ? sql`cf_now()` : null;
  return (
    await tx
      .insert(w)
      .values({ ...row, pausedAt })
      .returning()
  )[0];
}

/** The row for callbacks of a profile, where there is none. */
export async function insertCallbackEndpoint(tx: Executor, values: typeof w.$inferInsert): Promise<void> {
  await tx.insert(w).values(values).onConflictDoNothing();
}

/** A merchant's endpoints, oldest first, those behind `after`. */
export const listEndpoints = (
  tx: Executor,
  merchantId: number,
  after: string | undefined,
  limit: number,
): Promise<EndpointRow[]> =>
  tx
    .select()
    .from(w)
    .where(and(eq(w.merchantId, merchantId), isNull(w.deletedAt), after ? gt(w.id, after) : undefined))
    .orderBy(asc(w.id))
    .limit(limit);

export async function findEndpoint(tx: Executor, key: Key): Promise<EndpointRow | undefined> {
  return (await tx.select().from(w).where(keyed(key)))[0];
}

export type ProfileEndpointKind = Exclude<EndpointRow['kind'], 'events'>;

/** The one endpoint of its kind that a profile has, on or off. */
export const isOfProfile = (
  merchantId: number,
  profileId: string,
  kind: ProfileEndpointKind,
): SQL | undefined =>
  and(eq(w.merchantId, merchantId), eq(w.profileId, profileId), eq(w.kind, kind), isNull(w.deletedAt));

/** An endpoint of a profile, read or held until the transaction ends. */
export async function findProfileEndpoint(
  tx: Executor,
  { merchantId, profileId, kind }: { merchantId: number; profileId: string; kind: ProfileEndpointKind },
  lock: 'lock' | 'read' = 'read',
): Promise<EndpointRow | undefined> {
  const query = tx
    .select()
    .from(w)
    .where(isOfProfile(merchantId, profileId, kind));
  return (await (lock === 'lock' ? query.for('update') : query))[0];
}

/** Sends again what an endpoint with bodies of its own was to tell within a range; how many. What is on its way is left alone. */
export async function replayOwnBodies(
  tx: Executor,
  { merchantId, endpointId, since, until, types }: Replay,
): Promise<number> {
  const rows = await tx.execute<{ queued: number }>(sql`
    with put as (
      update webhook_deliveries d set state = 'retrying', ended_at = null, lease_until = null, fence = d.fence + 1,
        next_try_at = cf_now(), scheduled_at = cf_now(), tries_before = d.tries
      from events e where e.merchant_id = ${merchantId} and e.occurred_at >= ${since.toISOString()}::timestamptz
        and e.occurred_at < ${until.toISOString()}::timestamptz and e.type = any(${`{${types.join(',')}}`}::text[])
        and d.merchant_id = e.merchant_id and d.event_id = e.id
        and d.endpoint_id = ${sql.param(endpointId, w.id)}::uuid and d.state not in ('pending', 'retrying')
      returning 1
    ) select count(*)::int as queued from put`);
  return Number(rows[0]?.queued ?? 0);
}

/** The row, held until the transaction ends. News may be put on its way to it meanwhile: two that are switched off at once tell each other. */
export async function lockEndpoint(tx: Executor, key: Key): Promise<EndpointRow | undefined> {
  return (await tx.select().from(w).where(keyed(key)).for('no key update'))[0];
}

/** Changes a row that the transaction holds, and counts its version on. */
export async function changeEndpoint(
  tx: Executor,
  key: Key,
  change: Change,
): Promise<EndpointRow | undefined> {
  const set = { ...change, version: sql`${w.version} + 1` };
  return (await tx.update(w).set(set).where(keyed(key)).returning())[0];
}

/** Compare-and-set: disables an endpoint that is still on; the new row, or undefined. */
export async function disableEndpoint(
  tx: Executor,
  key: Key,
  reason: string,
): Promise<EndpointRow | undefined> {
  const set = { disabledAt: sql`cf_now()`, disabledReason: reason, version: sql`${w.version} + 1` };
  const rows = await tx
    .update(w)
    .set(set)
    .where(and(keyed(key), isNull(w.disabledAt)))
    .returning();
  return rows[0];
}

/** Ends what still waits for an endpoint that was disabled. Claims in flight lose by their fence. */
export async function disableDeliveries(tx: Executor, merchantId: number, endpointId: string): Promise<void> {
  const d = webhookDeliveries;
  await tx
    .update(d)
    .set({ state: 'disabled', endedAt: sql`cf_now()`, leaseUntil: null, fence: sql`${d.fence} + 1` })
    .where(
      and(
        eq(d.merchantId, merchantId),
        eq(d.endpointId, endpointId),
        inArray(d.state, ['pending', 'retrying']),
      ),
    );
}

export type Replay = { merchantId: number; endpointId: string; since: Date; until: Date; types: string[] };

/**
 * Puts events of a range on their way to an endpoint again; how many. Those that are on their way are left alone. A new
 * delivery takes the time of its event's id, so that it stands beside it in every list.
 */
export async function replayEvents(tx: Executor, replay: Replay): Promise<number> {
  const { merchantId, endpointId, since, until, types } = replay;
  const endpoint = sql`${sql.param(endpointId, w.id)}::uuid`;
  const rows = await tx.execute<{ queued: number }>(sql`
    with put as (
      insert into webhook_deliveries as d (merchant_id, id, event_id, endpoint_id, state)
      select e.merchant_id, overlay(e.id::text placing substr(gen_random_uuid()::text, 20) from 20)::uuid, e.id,
        ${endpoint}, 'retrying'
      from events e where e.merchant_id = ${merchantId} and e.occurred_at >= ${since.toISOString()}::timestamptz
        and e.occurred_at < ${until.toISOString()}::timestamptz and e.type = any(${`{${types.join(',')}}`}::text[])
      on conflict (merchant_id, event_id, endpoint_id) do update set state = 'retrying', ended_at = null,
        lease_until = null, fence = d.fence + 1, next_try_at = cf_now(), scheduled_at = cf_now(), tries_before = d.tries
      where d.state not in ('pending', 'retrying')
      returning 1
    ) select count(*)::int as queued from put`);
  return Number(rows[0]?.queued ?? 0);
}

/** The public keys that sign for an endpoint now, the newest first, whoever's it is; null where there is none. */
export async function findPublicKeys(tx: Executor, id: string): Promise<string[] | null> {
  const previous = sql<
    string | null
  >`case when ${w.previousSecretUntil} > cf_now() then ${w.previousPublicKey} end`;
  const rows = await tx
    .select({ current: w.publicKey, previous })
    .from(w)
    .where(and(eq(w.id, id), isNull(w.deletedAt)));
  const row = rows[0];
  return row ? [row.current, row.previous].filter((key) => key !== null) : null;
}

/** Compare-and-set: notes that operators were told so far; undefined where they were already, or it works again. */
export async function noteAlerted(tx: Executor, key: Key, percent: number): Promise<EndpointRow | undefined> {
  const rows = await tx
    .update(w)
    .set({ alertedPercent: percent })
    .where(and(keyed(key), lt(w.alertedPercent, percent), isNotNull(w.failingSince)))
    .returning();
  return rows[0];
}
