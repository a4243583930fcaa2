import { sql } from 'drizzle-orm';
import type { Executor } from '../client';

/** `open`: links whose address may be used to pay; `over`: addresses that show a receipt, or that a link is over. */
export type LinkKeyUse = { id: number; open: number; over: number; since: string; until: string };

const ISO = sql.raw(`'YYYY-MM-DD"T"HH24:MI:SS"Z"'`);

/** What depends on which link-token key. A replaced address opens nothing. */
export const countLinkKeys = async (tx: Executor): Promise<LinkKeyUse[]> => [
  ...(await tx.execute<LinkKeyUse>(sql`
    select key_id as id, count(*) filter (where expires_at > cf_now())::int as open,
      count(*) filter (where expires_at <= cf_now())::int as over,
      to_char(min(created_at) at time zone 'UTC', ${ISO}) as since,
      to_char(max(expires_at) at time zone 'UTC', ${ISO}) as until
    from link_tokens where state = 'live' group by key_id`)),
];

/** Staff sessions that began before an instant, or ever, and may still be live. */
export async function countSessions(tx: Executor, before: string | null, seconds: number): Promise<number> {
  const rows = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from sessions where ended_at is null
      and created_at > cf_now() - make_interval(secs => ${seconds})
      and created_at < coalesce(${before}::timestamptz, cf_now())`);
  return rows[0]?.count ?? 0;
}

export type Elsewhere = { gateways: number; oldestGatewayKey: string | null; overlapping: number };

/** Keys that people set on screens: at gateways, since when the oldest, and endpoints that sign with two secrets. */
export async function readKeysElsewhere(tx: Executor): Promise<Elsewhere> {
  const rows = await tx.execute<Elsewhere>(sql`
    select count(*)::int as gateways, to_char(min(key_set_at) at time zone 'UTC', ${ISO}) as "oldestGatewayKey",
      (select count(*)::int from webhook_endpoints where previous_secret_until > cf_now()) as overlapping
    from gateway_accounts`);
  return rows[0] ?? { gateways: 0, oldestGatewayKey: null, overlapping: 0 };
}
