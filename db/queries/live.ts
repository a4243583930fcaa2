import { sql } from 'drizzle-orm';
import { uuidFromId } from '@/core/ids';
import type { Executor } from '../client';
import {
  challenges as c,
  webhookDeliveries as d,
  sessions as e,
  paymentLinks as l,
  messages as m,
  refunds as r,
  paymentSessions as s,
  paymentAttempts as t,
  users as u,
  events as v,
} from '../schema';

/** A payment session somebody looks at, and who: a user of the merchant, in a session of theirs where they are signed in. */
export type Watched = { merchantId: number; id: string; user?: string | null; session?: string | null };

/**
 * How far each of these payment sessions and their links have come, and what whoever looks at them may, as a text that differs
 * after every change. One statement with one parameter, however many they are.
 */
export async function readMarks(
  tx: Executor,
  watched: readonly Watched[],
): Promise<(Watched & { mark: string })[]> {
  const keys = watched.map(({ merchantId: m, id, user, session }, n) => ({
    ...{ n, m, s: uuidFromId('paymentSession', id) },
    ...{ u: user ? uuidFromId('user', user) : null, e: session ? uuidFromId('session', session) : null },
  }));
  const rows = await tx.execute<{ n: number; mark: string }>(
    sql`select w.n, concat_ws('.', ${s.revision}, ${l.sequence}, ${l.version},
          ${u.role}, ${u.buttonEnabled}, ${u.disabledAt}, ${e.endedAt}) as mark
      from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as w(n int, m bigint, s uuid, u uuid, e uuid)
      join ${s} on ${s.merchantId} = w.m and ${s.id} = w.s
      join ${l} on ${l.merchantId} = ${s.merchantId} and ${l.id} = ${s.paymentLinkId}
      left join ${u} on ${u.merchantId} = w.m and ${u.id} = w.u
      left join ${e} on ${e.id} = w.e`,
  );
  return rows.flatMap(({ n, mark }) => (watched[n] ? [{ ...watched[n], mark }] : []));
}

/** Somebody who is signed in. */
export type WatchedPerson = { user: string; session: string };

/** What each of these people may, and whether their session has ended. */
export async function readPersonMarks(
  tx: Executor,
  watched: readonly WatchedPerson[],
): Promise<(WatchedPerson & { mark: string })[]> {
  const keys = watched.map(({ user, session }, n) => ({
    ...{ n, u: uuidFromId('user', user), e: uuidFromId('session', session) },
  }));
  const rows = await tx.execute<{ n: number; mark: string }>(
    sql`select w.n, concat_ws('.', ${u.role}, ${u.disabledAt}, ${e.endedAt}) as mark
      from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as w(n int, u uuid, e uuid)
      join ${e} on ${e.id} = w.e join ${u} on ${u.merchantId} = ${e.merchantId} and ${u.id} = w.u`,
  );
  return rows.flatMap(({ n, mark }) => (watched[n] ? [{ ...watched[n], mark }] : []));
}

/** All links of a merchant, or one of them. */
export type WatchedLinks = { merchantId: number; link: string | null };

/** What was committed so long after it happened is seen all the same; so many events are looked at. */
const [WINDOW, MOST_EVENTS] = ['60 seconds', 500];

/** The links to which something has happened lately, each with the number of its newest event. */
const lately = sql`select coalesce(jsonb_object_agg(found.id, found.newest), '{}')::text as mark from (
    select x.id, max(x.sequence) as newest from (
      select ${v.paymentLinkId} as id, ${v.sequence} as sequence from ${v}
      where ${v.merchantId} = w.m and ${v.occurredAt} > (select cf_now()) - ${sql.raw(`interval '${WINDOW}'`)}
      order by ${v.occurredAt} desc limit ${sql.raw(String(MOST_EVENTS))}) x
    where x.id is not null group by x.id) found where w.l is null`;

/** The stamps of one link's rows in a table. */
const stampsOf = (rows: typeof t | typeof r | typeof m) =>
  sql`(select string_agg(${rows}.xmin::text, '.' order by ${rows.id}) from ${rows}
    where ${rows.merchantId} = w.m and ${rows.paymentLinkId} = w.l)`;

/** How far one link has come, with all that its page shows: every write of a row gives it another `xmin`. */
const ofOne = sql`select jsonb_build_object(w.l, concat_ws('.', ${l}.xmin,
    (select ${c}.xmin from ${c} where ${c.merchantId} = w.m and ${c.paymentLinkId} = w.l),
    ${stampsOf(t)},
    ${stampsOf(r)},
    ${stampsOf(m)},
    (select concat_ws('.', count(*), sum(${d.tries}), count(${d.endedAt})) from ${v}
      join ${d} on ${d.merchantId} = ${v.merchantId} and ${d.eventId} = ${v.id}
      where ${v.merchantId} = w.m and ${v.paymentLinkId} = w.l)
  ))::text as mark from ${l} where ${l.merchantId} = w.m and ${l.id} = w.l`;

/** What has happened to these links, as JSON: each id with a text that differs after every change. */
export async function readLinkMarks(
  tx: Executor,
  watched: readonly WatchedLinks[],
): Promise<(WatchedLinks & { mark: string })[]> {
  const keys = watched.map(({ merchantId: m, link }, n) => ({
    ...{ n, m, l: link && uuidFromId('paymentLink', link) },
  }));
  const rows = await tx.execute<{ n: number; mark: string }>(
    sql`select w.n, coalesce(one.mark, lately.mark, '{}') as mark
      from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as w(n int, m bigint, l uuid)
      left join lateral (${ofOne}) one on true left join lateral (${lately}) lately on true`,
  );
  return rows.flatMap(({ n, mark }) => (watched[n] ? [{ ...watched[n], mark }] : []));
}
