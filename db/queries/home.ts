import { type SQL, sql } from 'drizzle-orm';
import type { Outstanding, Steps, Waiting } from '@/core/figures';
import { idFromUuid } from '@/core/ids';
import type { Executor } from '../client';

const now = sql`(select cf_now())`;
const isOpen = sql`l.access in ('active', 'locked') and l.paid_at is null and l.expires_at > ${now}`;
const secondsAgo = (seconds: number): SQL => sql`${now} - make_interval(secs => ${seconds})`;
/** The open link of a row. The limit keeps the database to asking row by row, by index: it would read the whole table instead. */
const openLinkOf = (row: 'm' | 'a'): SQL => sql`lateral (select unlocked_at from payment_links l
  where l.merchant_id = ${sql.raw(row)}.merchant_id and l.id = ${sql.raw(row)}.payment_link_id and ${isOpen} limit 1) o`;
/** Messages that bring a link to its customer. */
const brings = sql`template in ('payment_request', 'reminder')`;

/** What is still to be paid, by currency, from an index alone. A link whose payer says how much counts with nothing. */
export async function sumOutstanding(tx: Executor, merchantId: number): Promise<Outstanding[]> {
  const rows = await tx.execute<Outstanding>(sql`
    select currency, count(*)::int as links,
      coalesce(sum(amount_minor - captured_minor), 0)::float8 as "amountMinor"
    from payment_links l where l.merchant_id = ${merchantId} and ${isOpen}
    group by currency order by count(*) desc, currency`);
  return [...rows];
}

/** How far back is looked, in seconds, and how far is counted. */
export type Reach = { soon: number; messages: number; declines: number; batches: number; most: number };

/** Links whose newest message has failed, newest first. */
const undeliveredOf = (merchantId: number, { messages }: Reach): SQL => sql`
  select m.payment_link_id as id from messages m, ${openLinkOf('m')} where m.merchant_id = ${merchantId}
  and m.state in ('undelivered', 'bounced') and m.${brings} and m.ended_at > ${secondsAgo(messages)} and (
    select true from messages n where n.merchant_id = m.merchant_id and n.payment_link_id = m.payment_link_id
    and n.id > m.id and n.${brings} limit 1) is null
  order by m.ended_at desc`;

/** Links on which cards were declined twice since somebody has unlocked them, newest first. */
const declinedTwiceOf = (merchantId: number, { declines }: Reach): SQL => sql`
  select a.payment_link_id as id from (
    select merchant_id, payment_link_id, max(submitted_at) as at from payment_attempts
    where merchant_id = ${merchantId} and state = 'declined' and submitted_at > ${secondsAgo(declines)}
    group by 1, 2 having count(*) >= 2) a, ${openLinkOf('a')}
  where o.unlocked_at is null or (
    select count(*) from payment_attempts b where b.merchant_id = a.merchant_id and b.payment_link_id = a.payment_link_id
    and b.state = 'declined' and b.submitted_at > o.unlocked_at) >= 2
  order by a.at desc`;

type Found = Omit<Waiting, 'undelivered' | 'declinedTwice'> & {
  undelivered: string[];
  declinedTwice: string[];
};

/** What waits for somebody, by what is the matter, counted up to `most`, all in one statement; links that are in trouble by their ids. */
export async function findWaiting(tx: Executor, merchantId: number, reach: Reach): Promise<Found> {
  const capped = (rows: SQL): SQL => sql`(select count(*)::int from (${rows} limit ${reach.most}) as found)`;
  const listed = (rows: SQL): SQL => sql`array(select id::text from (${rows} limit ${reach.most}) as found)`;
  const expiring = sql`select from payment_links l where l.merchant_id = ${merchantId} and ${isOpen}
    and l.expires_at <= ${now} + make_interval(secs => ${reach.soon})`;
  const endpoints = sql`select from webhook_endpoints e where e.merchant_id = ${merchantId} and e.deleted_at is null
    and e.failing_since is not null`;
  const batches = sql`select from (select * from payment_link_batches b where b.merchant_id = ${merchantId}
    order by b.id desc limit ${reach.most}) b where b.refused_rows > 0 and b.state <> 'receiving'
    and b.created_at > ${secondsAgo(reach.batches)}`;
  const rows = await tx.execute<Found>(sql`select ${capped(expiring)} as expiring,
    ${listed(undeliveredOf(merchantId, reach))} as undelivered,
    ${listed(declinedTwiceOf(merchantId, reach))} as "declinedTwice",
    ${capped(endpoints)} as endpoints, ${capped(batches)} as batches`);
  const [found] = rows;
  if (!found) throw new Error('a count is always told');
  const links = (ids: string[]) => ids.map((id) => idFromUuid('paymentLink', id));
  return {
    ...found,
    undelivered: links(found.undelivered),
    declinedTwice: links(found.declinedTwice),
  };
}

/** What of a first set-up is done. */
export async function readSteps(tx: Executor, merchantId: number): Promise<Steps> {
  const has = (table: string, more = sql`true`): SQL =>
    sql`exists (select from ${sql.identifier(table)} t where t.merchant_id = ${merchantId} and ${more})`;
  const rows = await tx.execute<Steps>(sql`select
    ${has('payment_profiles', sql`t.postal_address is not null`)} as address, ${has('gateway_accounts')} as gateway,
    (select branding_version > 1 from merchants m where m.id = ${merchantId}) as branding,
    ${has('webhook_endpoints', sql`t.kind = 'events' and t.deleted_at is null`)} as endpoint,
    ${has('payment_links')} as link`);
  const [found] = rows;
  if (!found) throw new Error('a step is always told');
  return found;
}
