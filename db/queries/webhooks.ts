import { sql } from 'drizzle-orm';
import { idFromUuid, uuidFromId } from '@/core/ids';
import type { DeliveryState } from '@/core/retry-schedule';
import type { Executor } from '../client';

/** What became of one claimed delivery. `tried` is false when nothing was sent because the endpoint is off. */
export type Acknowledgement = {
  merchantId: number;
  id: string;
  fence: number;
  state: DeliveryState;
  delayMs: number;
  tried: boolean;
  /** False for a first try that was cut short: it says nothing about whether the endpoint works. */
  counts: boolean;
  url: string | null;
  requestHeaders: Record<string, string> | null;
  status: number | null;
  error: string | null;
  answer: string | null;
  answerHeaders: Record<string, string> | null;
  durationMs: number;
};

export type Acknowledged = {
  merchantId: number;
  id: string;
  endpointId: string;
  /** How long every try of the endpoint has failed. */
  failingMs: number;
  /** How far on the way to disabling operators were told of. */
  alertedPercent: number;
  /** It works again after they were told. */
  recovered: boolean;
};

/** A success that took longer makes the first tries of its endpoint patient. */
export const SLOW_MS = 2_000;

/**
 * Writes a batch of outcomes, their log and the health of their endpoints, in one statement. An outcome whose fence was
 * raised meanwhile, or that was written before, is not. Returns what was, with how long its endpoint has failed without a success.
 */
export async function acknowledge(tx: Executor, batch: Acknowledgement[]): Promise<Acknowledged[]> {
  if (batch.length === 0) return [];
  const items = JSON.stringify(batch.map((one) => ({ ...one, id: uuidFromId('delivery', one.id) })));
  const rows = await tx.execute<Record<string, string | number | boolean>>(sql`
    with acks as materialized (
      select * from jsonb_to_recordset(${items}::jsonb) as a("merchantId" bigint, id uuid, fence int, state text,
        "delayMs" float8, tried boolean, counts boolean, url text, "requestHeaders" jsonb, status int, error text, answer text,
        "answerHeaders" jsonb, "durationMs" int)
    ), done as (
      update webhook_deliveries d set state = a.state, tries = d.tries + a.tried::int, lease_until = null,
        next_try_at = (select cf_now()) + make_interval(secs => a."delayMs" / 1000),
        ended_at = case when a.state = 'retrying' then null else (select cf_now()) end
      from acks a where d.merchant_id = a."merchantId" and d.id = a.id and d.fence = a.fence
        and d.state in ('pending', 'retrying') and d.lease_until is not null
      returning d.merchant_id, d.id, d.endpoint_id, d.tries, a.tried, a.counts, a.state = 'succeeded' as good,
        a.url, a."requestHeaders" as request_headers, a.status, a.error, a.answer, a."answerHeaders" as answer_headers,
        a."durationMs" as duration_ms
    ), logged as (
      insert into webhook_tries (merchant_id, delivery_id, number, url, request_headers, status, error, answer,
        answer_headers, duration_ms)
      select merchant_id, id, tries, url, request_headers, status, error, answer, answer_headers, duration_ms
      from done where tried
    ), health as (
      select merchant_id, endpoint_id, bool_or(good) as good,
        bool_or(good and duration_ms > ${SLOW_MS}) as slow from done where tried and counts group by 1, 2
    ), noted as (
      update webhook_endpoints w set is_slow = w.is_slow or h.slow,
        failing_since = case when h.good then null else coalesce(w.failing_since, (select cf_now())) end,
        alerted_percent = case when h.good then 0 else w.alerted_percent end
      from health h where w.merchant_id = h.merchant_id and w.id = h.endpoint_id and w.kind <> 'callbacks'
        and ((w.failing_since is null) = not h.good or (h.slow and not w.is_slow))
    )
    select d.merchant_id::text, d.id, d.endpoint_id, coalesce(h.good, false) and w.alerted_percent > 0 as recovered,
      w.alerted_percent, case when h.good then 0
      else coalesce(extract(epoch from (select cf_now()) - w.failing_since) * 1000, 0) end::float8 as failing_ms
    from done d join webhook_endpoints w on w.merchant_id = d.merchant_id and w.id = d.endpoint_id
    left join health h on h.merchant_id = d.merchant_id and h.endpoint_id = d.endpoint_id`);
  return rows.map((row) => ({
    merchantId: Number(row.merchant_id),
    id: idFromUuid('delivery', String(row.id)),
    endpointId: idFromUuid('webhookEndpoint', String(row.endpoint_id)),
    failingMs: Number(row.failing_ms),
    alertedPercent: Number(row.alerted_percent),
    recovered: row.recovered === true,
  }));
}
