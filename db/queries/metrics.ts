import { sql } from 'drizzle-orm';
import type { Executor } from '../client';

type Count = { kind: string; name: string; value: string | null };
/** What stands at this moment: `kind` says what is counted, `name` which of them; seconds or how many. */
export type Standing = { kind: string; name: string; value: number };

/** What waits, is open or is not known, over all merchants. Each part is a short range of an index. */
export async function readStanding(tx: Executor): Promise<Standing[]> {
  const rows = await tx.execute<Count>(sql`
    select 'attempts' as kind, a.state as name, sum(a.count)::text as value from merchants m
      cross join lateral (select state, count(*) from payment_attempts where merchant_id = m.id
        and submitted_at > (select cf_now()) - interval '5 minutes' group by state) a group by a.state
    union all select 'unknown', '', count(*)::text from payment_attempts where state = 'unknown'
    union all select 'waiting', '', count(*)::text from webhook_deliveries
      where state in ('pending', 'retrying') and next_try_at <= (select cf_now())
    union all select 'lag', '', coalesce(extract(epoch from (select cf_now()) - min(next_try_at)), 0)::text
      from webhook_deliveries where state in ('pending', 'retrying') and next_try_at <= (select cf_now())
    union all select 'jobs', t.identifier || ' ' || case when j.locked_at is not null then 'running'
        when j.attempts >= j.max_attempts then 'failed' else 'waiting' end, count(*)::text
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id group by 2
    union all select 'alerts', alerts.kind, count(*)::text from alerts where settled_at is null group by 2
    union all select 'unsealed', '', extract(epoch from (select cf_now()) - at)::text from audit_head
    union all select k.kind, '', case k.kind when 'auditFaults' then jsonb_array_length(c.faults)
        else extract(epoch from (select cf_now()) - c.ended_at) end::text
      from (select * from audit_checks where ended_at is not null and failure is null order by id desc limit 1) c
      cross join (values ('auditFaults'), ('auditCheck')) k (kind)
    union all select 'outside', 'api_requests', count(*)::text from (select from api_requests_rest
      where id >= coalesce((select cf_oldest_partition('api_requests')), cf_first_id('epoch')) limit 10000) r
    union all select 'outside', 'webhook_tries', count(*)::text from (select from webhook_tries_rest
      where delivery_id >= coalesce((select cf_oldest_partition('webhook_tries')), cf_first_id('epoch')) limit 10000) r
    union all select * from (select 'pageLook', '', extract(epoch from (select cf_now()) - looked_at)::text
      from page_checks where result = 'as_signed' order by id desc limit 1) p`);
  return rows.map(({ kind, name, value }) => ({ kind, name, value: Math.max(0, Number(value ?? 0)) }));
}
