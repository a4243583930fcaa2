import { type SQL, sql } from 'drizzle-orm';
import type { Credentials } from '@/core/crm';
import { idFromUuid, uuidFromId } from '@/core/ids';
import type { Executor } from '../client';

/** First tries and what is tried again have lanes of their own: a backlog of the one never delays the other. */
export type LaneName = 'fresh' | 'retry';
const STATE_OF = { fresh: sql`'pending'`, retry: sql`'retrying'` } as const satisfies Record<LaneName, SQL>;

export type Place = { merchantId: number; endpointId: string };
/** An endpoint with waiting deliveries in a lane; `due` where the first of them may be tried now. */
export type Waiting = Place & { due: boolean };

/**
 * The endpoints for which something waits in a lane, in the order of their keys, those behind `after`. It costs one probe
 * of the index for each endpoint, however many deliveries wait.
 */
export async function scanWaiting(
  tx: Executor,
  lane: LaneName,
  after: Place | null,
  limit: number,
): Promise<Waiting[]> {
  const state = STATE_OF[lane];
  // With the state in the comparison no index but that of what waits can serve it: another would walk through all that was sent.
  const next = (merchant: SQL, endpoint: SQL): SQL => sql`
    select * from (select d.state, d.merchant_id, d.endpoint_id from webhook_deliveries d
      where d.state in ('pending', 'retrying')
        and (d.state, d.merchant_id, d.endpoint_id) > (${state}::text, ${merchant}, ${endpoint})
      order by d.state, d.merchant_id, d.endpoint_id limit 1) probe where probe.state = ${state}`;
  const first = next(sql`${after?.merchantId ?? 0}::bigint`, sql`${uuidOf(after?.endpointId)}::uuid`);
  const rows = await tx.execute<{ merchant_id: string; endpoint_id: string; due: boolean }>(sql`
    with recursive ring (merchant_id, endpoint_id, place) as (
      select f.merchant_id, f.endpoint_id, 1 from (${first}) f
      union all
      select n.merchant_id, n.endpoint_id, r.place + 1 from ring r
      cross join lateral (${next(sql`r.merchant_id`, sql`r.endpoint_id`)}) n where r.place < ${limit}
    )
    select r.merchant_id::text, r.endpoint_id, w.paused_at is null and exists (
      select 1 from webhook_deliveries d where d.state = ${state} and d.merchant_id = r.merchant_id
        and d.endpoint_id = r.endpoint_id and d.next_try_at <= (select cf_now()) and ${IS_FREE}) as due
    from ring r join webhook_endpoints w on w.merchant_id = r.merchant_id and w.id = r.endpoint_id order by r.place`);
  return rows.map((row) => ({
    merchantId: Number(row.merchant_id),
    endpointId: idFromUuid('webhookEndpoint', row.endpoint_id),
    due: row.due,
  }));
}

/** Nobody holds it. A claim leaves `next_try_at`, which is in an index, as it is: the row is written where it stands. */
const IS_FREE = sql`(d.lease_until is null or d.lease_until <= (select cf_now()))`;

const NOBODY = '00000000-0000-0000-0000-000000000000';
const uuidOf = (id: string | undefined): string => uuidFromId('webhookEndpoint', id ?? '') ?? NOBODY;

/** A delivery that this process holds until its lease ends, with all that is needed to send it. */
export type Claim = {
  merchantId: number;
  id: string;
  fence: number;
  /** Tries before this one. */
  tries: number;
  eventId: string;
  /** The id that it is sent under: the event's, or a write-back's own. */
  messageId: string;
  payload: string;
  /** The trace of what made the event happen. */
  trace: string | null;
  endpointId: string;
  url: string;
  /** It goes to the address of its link. */
  isCallback: boolean;
  /** A success of this endpoint has taken more than two seconds: its first tries are patient. */
  isSlow: boolean;
  sealedSecret: string;
  /** The secret before, while it signs too. */
  sealedPreviousSecret: string | null;
  sealedSigningKey: string | null;
  sealedPreviousSigningKey: string | null;
  sealedHeaders: string | null;
  /** What a write-back has of its own. */
  isWriteBack: boolean;
  method: 'POST' | 'PUT';
  credentials: Credentials | null;
  sealedCredential: string | null;
  endpointDisabled: boolean;
  /** Tries since its schedule began, and how long ago that was on the database's clock. */
  scheduleTries: number;
  scheduleMs: number;
  /** The moment of the claim on the database's clock. */
  claimedAt: Date;
};

/** How many deliveries of an endpoint may be taken, and how many of its merchant are in flight already. */
export type Wanted = Place & { room: number; busy: number };
export type ClaimWish = { lane: LaneName; limit: number; leaseSeconds: number; wanted: readonly Wanted[] };

const MOVE = sql`make_interval(secs => `;

/**
 * Takes due deliveries of the endpoints wanted: raises the fence and sets the lease, in one statement. Rows that another
 * process is taking are skipped. Merchants take turns, those with the least in flight first, and so do their endpoints.
 */
export async function claimDeliveries(tx: Executor, wish: ClaimWish): Promise<Claim[]> {
  const wanted = wish.wanted.map(({ merchantId, endpointId, room, busy }, place) => {
    return { m: merchantId, e: uuidOf(endpointId), room, busy, place };
  });
  const isDue = sql`d.state = ${STATE_OF[wish.lane]} and d.next_try_at <= (select cf_now()) and ${IS_FREE}`;
  const rows = await tx.execute<Record<string, string | number | boolean | null>>(sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
        as w(m bigint, e uuid, room int, busy int, place int)
    ), waiting as materialized (
      select c.merchant_id, c.id, w.busy, w.place, row_number() over (partition by w.m, w.e order by c.next_try_at) as rank
      from wanted w cross join lateral (
        select d.merchant_id, d.id, d.next_try_at from webhook_deliveries d
        where ${isDue} and d.merchant_id = w.m and d.endpoint_id = w.e order by d.next_try_at limit w.room) c
    ), turns as (
      select *, busy + row_number() over (partition by merchant_id order by rank, place) as turn from waiting
    ), picked as (
      select *, row_number() over () as n from (
        select one.* from (select * from turns order by turn, rank, place) t cross join lateral (
          select d.merchant_id, d.id, d.event_id, d.endpoint_id from webhook_deliveries d
          where ${isDue} and d.merchant_id = t.merchant_id and d.id = t.id for update skip locked) one
        limit ${wish.limit}) taken
    )
    update webhook_deliveries d set fence = d.fence + 1, lease_until = (select cf_now()) + ${MOVE}${wish.leaseSeconds})
    from picked p
    join events e on e.merchant_id = p.merchant_id and e.id = p.event_id
    join webhook_endpoints w on w.merchant_id = p.merchant_id and w.id = p.endpoint_id
    where d.merchant_id = p.merchant_id and d.id = p.id
    returning p.n::int as n, d.merchant_id::text, d.id, d.fence, d.tries, d.event_id, d.endpoint_id, coalesce(d.body, e.payload) as payload, e.trace,
      d.message_id, w.method, w.credentials::text as credentials, w.credential_secret, w.kind,
      coalesce(d.url, w.url) as url, w.is_slow, w.secret,
      case when w.previous_secret_until > (select cf_now()) then w.previous_secret end as previous_secret, w.signing_key,
      case when w.previous_secret_until > (select cf_now()) then w.previous_signing_key end as previous_key, w.headers,
      w.disabled_at is not null or w.deleted_at is not null as disabled, d.tries - d.tries_before as schedule_tries,
      (extract(epoch from (select cf_now()) - d.scheduled_at) * 1000)::float8 as schedule_ms,
      (extract(epoch from (select cf_now())) * 1000)::float8 as now_ms`);
  return rows.toSorted((one, other) => Number(one.n) - Number(other.n)).map(claimOf);
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const claimOf = (row: Record<string, string | number | boolean | null>): Claim => ({
  merchantId: Number(row.merchant_id),
  id: idFromUuid('delivery', String(row.id)),
  fence: Number(row.fence),
  tries: Number(row.tries),
  eventId: idFromUuid('event', String(row.event_id)),
  messageId: textOf(row.message_id) ?? idFromUuid('event', String(row.event_id)),
  payload: String(row.payload),
  trace: textOf(row.trace),
  endpointId: idFromUuid('webhookEndpoint', String(row.endpoint_id)),
  url: String(row.url),
  isCallback: row.kind === 'callbacks',
  isSlow: row.is_slow === true,
  sealedSecret: String(row.secret),
  sealedPreviousSecret: textOf(row.previous_secret),
  sealedSigningKey: textOf(row.signing_key),
  sealedPreviousSigningKey: textOf(row.previous_key),
  sealedHeaders: textOf(row.headers),
  isWriteBack: row.kind === 'write_back',
  method: row.method === 'PUT' ? 'PUT' : 'POST',
  credentials: typeof row.credentials === 'string' ? (JSON.parse(row.credentials) as Credentials) : null,
  sealedCredential: textOf(row.credential_secret),
  endpointDisabled: row.disabled === true,
  scheduleTries: Number(row.schedule_tries),
  scheduleMs: Number(row.schedule_ms),
  claimedAt: new Date(Number(row.now_ms)),
});
