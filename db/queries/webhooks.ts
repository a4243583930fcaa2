import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { idFromUuid, uuidFromId } from '@/core/ids';
import type { DeliveryState } from '@/core/retry-schedule';
import type { Executor } from '../client';
import { webhookDeliveries, webhookEndpoints } from '../schema';

export type EndpointRow = typeof webhookEndpoints.$inferSelect;
type Key = { merchantId: number; id: string };

export async function insertEndpoint(
  tx: Executor,
  values: typeof webhookEndpoints.$inferInsert,
): Promise<EndpointRow | undefined> {
  return (await tx.insert(webhookEndpoints).values(values).returning())[0];
}

export async function listEndpoints(tx: Executor, merchantId: number): Promise<EndpointRow[]> {
  return tx
    .select()
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.merchantId, merchantId))
    .orderBy(asc(webhookEndpoints.id));
}

/** Compare-and-set: disables an endpoint that is still on; the new row, or undefined. */
export async function disableEndpoint(tx: Executor, key: Key): Promise<EndpointRow | undefined> {
  const rows = await tx
    .update(webhookEndpoints)
    .set({ disabledAt: sql`cf_now()` })
    .where(
      and(
        eq(webhookEndpoints.merchantId, key.merchantId),
        eq(webhookEndpoints.id, key.id),
        isNull(webhookEndpoints.disabledAt),
      ),
    )
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

/** A delivery that this process holds until its lease ends, with all that is needed to send it. */
export type Claim = {
  merchantId: number;
  id: string;
  fence: number;
  /** Tries before this one. */
  tries: number;
  eventId: string;
  payload: string;
  endpointId: string;
  url: string;
  sealedSecret: string;
  endpointDisabled: boolean;
  /** Age of the event on the database's clock. */
  ageMs: number;
};

export type ClaimWish = {
  limit: number;
  leaseSeconds: number;
  /** Deliveries of one endpoint that this process may have in flight. */
  perEndpoint: number;
  /** How many it has in flight now, by endpoint. */
  inFlight: ReadonlyMap<string, number>;
};

const uuidOf = (id: string): string => uuidFromId('webhookEndpoint', id) ?? '';

/**
 * Takes due deliveries: raises the fence and sets the lease, in one statement. Rows that another process is taking are
 * skipped; an endpoint at its cap is passed over, so that a slow one delays nobody else.
 */
export async function claimDeliveries(tx: Executor, wish: ClaimWish): Promise<Claim[]> {
  const busy = [...wish.inFlight].map(([id, count]): [string, number] => [uuidOf(id), count]);
  const full = busy.filter(([, count]) => count >= wish.perEndpoint).map(([id]) => id);
  const due = sql`d.state in ('pending', 'retrying') and d.next_try_at <= (select cf_now())
    and (d.lease_until is null or d.lease_until <= (select cf_now()))`;
  const rows = await tx.execute<Record<string, string | number | boolean>>(sql`
    with due as materialized (
      select d.merchant_id, d.id, d.endpoint_id, d.next_try_at from webhook_deliveries d
      where ${due} and not d.endpoint_id = any(${`{${full.join(',')}}`}::uuid[])
      order by d.next_try_at limit ${wish.limit * 8}
    ), ranked as (
      select due.*, row_number() over (partition by merchant_id, endpoint_id order by next_try_at)
        + coalesce((${JSON.stringify(Object.fromEntries(busy))}::jsonb ->> endpoint_id::text)::int, 0) as place from due
    ), picked as (
      select d.merchant_id, d.id from webhook_deliveries d
      join ranked r on r.merchant_id = d.merchant_id and r.id = d.id and r.place <= ${wish.perEndpoint}
      where ${due} order by r.next_try_at limit ${wish.limit} for update of d skip locked
    )
    update webhook_deliveries d
    set fence = d.fence + 1, lease_until = cf_now() + make_interval(secs => ${wish.leaseSeconds})
    from picked p
    join webhook_deliveries o on o.merchant_id = p.merchant_id and o.id = p.id
    join events e on e.merchant_id = o.merchant_id and e.id = o.event_id
    join webhook_endpoints w on w.merchant_id = o.merchant_id and w.id = o.endpoint_id
    where d.merchant_id = p.merchant_id and d.id = p.id
    returning d.merchant_id::text, d.id, d.fence, d.tries, d.event_id, d.endpoint_id, e.payload, w.url, w.secret,
      w.disabled_at is not null as disabled, (extract(epoch from cf_now() - e.occurred_at) * 1000)::float8 as age_ms`);
  return rows.map((row) => ({
    merchantId: Number(row.merchant_id),
    id: idFromUuid('delivery', String(row.id)),
    fence: Number(row.fence),
    tries: Number(row.tries),
    eventId: idFromUuid('event', String(row.event_id)),
    payload: String(row.payload),
    endpointId: idFromUuid('webhookEndpoint', String(row.endpoint_id)),
    url: String(row.url),
    sealedSecret: String(row.secret),
    endpointDisabled: row.disabled === true,
    ageMs: Number(row.age_ms),
  }));
}

/** What became of one claimed delivery. `tried` is false when nothing was sent because the endpoint is off. */
export type Acknowledgement = {
  merchantId: number;
  id: string;
  fence: number;
  state: DeliveryState;
  delayMs: number;
  tried: boolean;
  status: number | null;
  error: string | null;
  answer: string | null;
  durationMs: number;
};

export type Acknowledged = { merchantId: number; id: string; endpointId: string; failingMs: number };

/**
 * Writes a batch of outcomes, their log and the health of their endpoints, in one statement. An outcome whose fence was
 * raised meanwhile, or that was written before, is not. Returns what was, with how long its endpoint has failed without a success.
 */
export async function acknowledge(tx: Executor, batch: Acknowledgement[]): Promise<Acknowledged[]> {
  if (batch.length === 0) return [];
  const items = JSON.stringify(batch.map((one) => ({ ...one, id: uuidFromId('delivery', one.id) })));
  const rows = await tx.execute<Record<string, string | number>>(sql`
    with acks as materialized (
      select * from jsonb_to_recordset(${items}::jsonb) as a("merchantId" bigint, id uuid, fence int, state text,
        "delayMs" float8, tried boolean, status int, error text, answer text, "durationMs" int)
    ), done as (
      update webhook_deliveries d set state = a.state, tries = d.tries + a.tried::int, lease_until = null,
        next_try_at = cf_now() + make_interval(secs => a."delayMs" / 1000),
        ended_at = case when a.state = 'retrying' then null else cf_now() end
      from acks a where d.merchant_id = a."merchantId" and d.id = a.id and d.fence = a.fence
        and d.state in ('pending', 'retrying') and d.lease_until is not null
      returning d.merchant_id, d.id, d.endpoint_id, d.tries, a.tried, a.state = 'succeeded' as good,
        a.status, a.error, a.answer, a."durationMs" as duration_ms
    ), logged as (
      insert into webhook_tries (merchant_id, delivery_id, number, status, error, answer, duration_ms)
      select merchant_id, id, tries, status, error, answer, duration_ms from done where tried
    ), health as (
      select merchant_id, endpoint_id, bool_or(good) as good from done where tried group by 1, 2
    ), noted as (
      update webhook_endpoints w set failing_since = case when h.good then null else cf_now() end
      from health h where w.merchant_id = h.merchant_id and w.id = h.endpoint_id
        and (w.failing_since is null) = not h.good
    )
    select d.merchant_id::text, d.id, d.endpoint_id, case when h.good then 0
      else coalesce(extract(epoch from cf_now() - w.failing_since) * 1000, 0) end::float8 as failing_ms
    from done d join webhook_endpoints w on w.merchant_id = d.merchant_id and w.id = d.endpoint_id
    left join health h on h.merchant_id = d.merchant_id and h.endpoint_id = d.endpoint_id`);
  return rows.map((row) => ({
    merchantId: Number(row.merchant_id),
    id: idFromUuid('delivery', String(row.id)),
    endpointId: idFromUuid('webhookEndpoint', String(row.endpoint_id)),
    failingMs: Number(row.failing_ms),
  }));
}
