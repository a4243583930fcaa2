import { randomUUID } from 'node:crypto';
import { idFromUuid, uuidFromId } from '@/core/ids';
import { OPEN_ATTEMPT_STATES } from '@/core/payment-attempt';
import { paymentLinks } from '@/db/schema';
import { ownColumns } from '@/db/testing/own-columns';
import type { TestHouse } from '../../testing';

/** Copies of a link with its addresses, tries and their refunds; its events stay behind. Their ids. */
export async function copyLink({ database: { sql } }: TestHouse, link: string, count: number) {
  const ids = Array.from({ length: count }, () => randomUUID());
  const all = sql`jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)`;
  const uuid = uuidFromId('paymentLink', link) ?? '';
  const own = sql.unsafe(ownColumns(paymentLinks));
  await sql`insert into payment_links (${own}) select ${own} from (select copy.* from payment_links l, ${all} fresh(uuid),
    jsonb_populate_record(l, jsonb_build_object('id', fresh.uuid)) copy where l.id = ${uuid}) copies`;
  for (const table of ['link_tokens', 'payment_attempts'])
    await sql`insert into ${sql(table)} select copy.* from ${sql(table)} o, ${all} fresh(uuid),
      jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'payment_link_id', fresh.uuid)) copy
      where o.payment_link_id = ${uuid}`;
  await sql`insert into refunds select copy.* from refunds o, ${all} fresh(uuid), payment_attempts theirs,
    payment_attempts ours, jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(),
      'payment_link_id', fresh.uuid, 'payment_attempt_id', ours.id)) copy
    where o.payment_link_id = ${uuid} and theirs.id = o.payment_attempt_id
      and ours.payment_link_id = fresh.uuid::uuid and ours.created_at = theirs.created_at`;
  return ids.map((id) => idFromUuid('paymentLink', id));
}

/** How links stand, a line each: access, what can be changed, money, tries, addresses, ledger, refunds, and what was told. */
export async function standings(
  { database: { sql } }: TestHouse,
  links: string[],
): Promise<Map<string, string>> {
  const ids = JSON.stringify(links.map((link) => uuidFromId('paymentLink', link)));
  const rows = await sql`
    with l as (select * from payment_links where id in (select jsonb_array_elements_text(${ids}::jsonb)::uuid))
    select id, concat_ws(' · ', access, 'v' || version, 'held ' || held_minor, 'captured ' || captured_minor,
      description, 'for ' || round(extract(epoch from expires_at - created_at) / 3600) || ' h',
      (select string_agg(concat_ws(' ', state, captured_minor, refunding_minor), ', ' order by state)
        from payment_attempts where payment_link_id = l.id),
      (select string_agg(state, ', ' order by state) from link_tokens where payment_link_id = l.id),
      (select string_agg(concat_ws(' ', kind, amount_minor, late), ', ' order by kind) from ledger_entries
        where payment_link_id = l.id),
      (select string_agg(concat_ws(' ', state, amount_minor), ', ' order by amount_minor) from refunds
        where payment_link_id = l.id),
      (select string_agg(concat_ws(' ', sequence, type, changed), ', ' order by sequence) from events,
        lateral (select string_agg(key, '+' order by key) as changed
          from jsonb_object_keys(payload::jsonb -> 'previous') key) previous
        where payment_link_id = l.id)) as line from l`;
  return new Map(rows.map(({ id, line }) => [idFromUuid('paymentLink', id), line]));
}

/** On how many links money stands as it must never stand, whatever layer failed. */
export async function countBroken({ database: { sql } }: TestHouse): Promise<number> {
  const isOpen = sql`a.state in ${sql([...OPEN_ATTEMPT_STATES])}`;
  const [row] = await sql`
    select count(*)::int as links from (
      select l.id from payment_links l
      left join payment_attempts a on a.merchant_id = l.merchant_id and a.payment_link_id = l.id
      group by l.merchant_id, l.id
      having count(*) filter (where ${isOpen}) > 1
        or coalesce(sum(a.amount_minor) filter (where ${isOpen}), 0) <> l.held_minor
        or coalesce(sum(a.captured_minor), 0) <> l.captured_minor
        or bool_or(a.refunding_minor + a.refunded_minor + a.disputed_minor > a.captured_minor)
        or bool_or(least(a.refunding_minor, a.refunded_minor, a.disputed_minor) < 0)
        or l.captured_minor + l.held_minor > l.ceiling_minor) as found`;
  return row?.links ?? 0;
}
