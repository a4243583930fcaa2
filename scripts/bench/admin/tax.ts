/**
 * What the lists, the search and the home page cost whoever writes: the same writes in copies of the database, as it is and
 * without them. Processors' time, which a busy machine spoils less than a clock's, and bytes of the write-ahead log.
 */
import { readFileSync } from 'node:fs';
import type postgres from 'postgres';
import { type Connection, connect } from '@/db/client';
import type { Ctx } from '@/lib/context';
import { recordAttemptResult, startPaymentAttempt, submitPaymentAttempt } from '@/lib/payment-attempts';
import { createPaymentLink } from '@/lib/payment-links';
import { paidBy, VISA } from '@/lib/payment-links/testing';
import type { Result, Surroundings } from '../benchmark';
import type { Installation } from '../installation';
import { type Contender, interleave, median } from '../rounds';

const LINKS = 100;
const AT_ONCE = 8;
const MOST_TAX = 0.1;

const HOME = [
  'payment_links_outstanding',
  'messages_failed',
  'payment_attempts_declined_here',
  'events_of_day',
];
const LISTS = ['profile', 'standing', 'expiring', 'amount', 'paid'].map((name) => `payment_links_${name}`);
const WITHOUT_HOME = `drop index ${HOME.join()};`;
const WITHOUT_ANY = `${WITHOUT_HOME} drop index ${[...LISTS, 'payment_attempts_last4'].join()};
  drop trigger texts_insert on payment_links; drop trigger texts_update on payment_links;`;
const CONTENDERS = [
  ['ours', 'whole', ''],
  ["without home's", 'without_home', WITHOUT_HOME],
  ["without home's, the lists' and the search's", 'without_any', WITHOUT_ANY],
] as const;

/** A copy of the database, of which this is then taken away. Nobody may be connected to it meanwhile. */
async function copied(around: Surroundings, { plan, adminUrl }: Installation, name: string, less: string) {
  const [from, to] = [new URL(adminUrl), new URL(plan.databaseUrl)];
  const database = from.pathname.slice(1);
  from.pathname = '/postgres';
  const { sql, close } = connect(from.href, { max: 1 });
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${database}`;
  await sql.unsafe(`create database ${name} template ${database} owner ${to.username} strategy file_copy`);
  await close();
  to.pathname = `/${name}`;
  const copy = connect(to.href);
  around.onClose(copy.close);
  if (less) await copy.sql.unsafe(less);
  return copy;
}

function must<T>(outcome: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

/** Issues a link and pays it, from its first row to its receipt. */
async function sell(owner: Ctx, n: number): Promise<void> {
  const payer: Ctx = { ...owner, actor: { kind: 'payer' } };
  const customer = { name: `Pia Payer ${n}`, email: `pia${n}@payer.example` };
  const wanted = { amountMinor: 1_000 + n, currency: 'GBP', reference: `TAX-${n}`, customer };
  const { id } = must(await createPaymentLink(owner, wanted));
  const agreed = must(await startPaymentAttempt(payer, id));
  must(await submitPaymentAttempt(payer, { ...agreed, card: VISA }));
  must(await recordAttemptResult(payer, { ...agreed, result: paidBy(agreed.attempt) }));
}

/** Nanoseconds that a process has had a processor; none where it ended in this moment. */
function ranNs(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]);
  } catch {
    return 0;
  }
}

/** The same of each connection to this database. */
async function timesOf(sql: postgres.Sql): Promise<Map<number, number>> {
  const rows = await sql<{ pid: number }[]>`select pid from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend'`;
  return new Map(rows.map(({ pid }) => [pid, ranNs(pid)]));
}

async function walBytes(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ bytes: number }[]>`select (pg_current_wal_insert_lsn() - '0/0')::float8 as bytes`;
  return row?.bytes ?? 0;
}

type Cost = { ms: number; walBytes: number };

/** What a link costs, always so many under way: the time of this program and of the database's connections to it. */
async function sold(owner: Ctx, sql: postgres.Sql, links: number): Promise<Cost> {
  let left = links;
  const [before, written, begun] = [await timesOf(sql), await walBytes(sql), process.cpuUsage()];
  const seller = async (): Promise<void> => {
    while (left-- > 0) await sell(owner, left);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, seller));
  const { user, system } = process.cpuUsage(begun);
  let ms = (user + system) / 1e3;
  for (const [pid, ns] of await timesOf(sql)) ms += (ns - (before.get(pid) ?? 0)) / 1e6;
  return { ms: ms / links, walBytes: ((await walBytes(sql)) - written) / links };
}

export async function taxOf(around: Surroundings, made: Installation): Promise<Result> {
  const { owner } = made;
  const links = Math.max(AT_ONCE, Math.round(LINKS * around.scale));
  const logged = new Map<string, number[]>();
  const contender = (name: string, { db, sql }: Connection): Contender => ({
    name,
    run: async () => {
      const { ms, walBytes } = await sold({ ...owner, db }, sql, links);
      logged.set(name, [...(logged.get(name) ?? []), walBytes]);
      return ms;
    },
  });
  const portal = made.parts.get('portal');
  await portal?.end();
  const copies = [];
  for (const [name, database, less] of CONTENDERS)
    copies.push(contender(name, await copied(around, made, database, less)));
  const [ours, ...peers] = await interleave(copies, around.rounds, around.say);
  for (const [name, bytes] of logged)
    around.say(`  ${name}: ${Math.round(median(bytes) / 1_000)} kB of write-ahead log a link`);
  if (!ours) throw new Error('nothing was measured');
  return {
    name: 'processor time to issue and pay a link, with all indexes and triggers',
    ...{ unit: 'ms', moreIsBetter: false, ours, peers, bounds: [] },
    targets: peers.map(({ name }) => ({ peer: name, atLeast: 1 / (1 + MOST_TAX) })),
  };
}
