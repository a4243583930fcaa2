/** What the lists, the search and the home page cost whoever writes: the same writes in copies of the database without them. */
import { type Connection, connect } from '@/db/client';
import type { Ctx } from '@/lib/context';
import { recordAttemptResult, startPaymentAttempt, submitPaymentAttempt } from '@/lib/payment-attempts';
import { createPaymentLink } from '@/lib/payment-links';
import { paidBy, VISA } from '@/lib/payment-links/testing';
import type { Result, Surroundings } from '../benchmark';
import type { Installation } from '../installation';
import { type Contender, interleave } from '../rounds';

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
  await copy.sql.unsafe(less);
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

/** Milliseconds a link, always so many under way. */
async function sold(owner: Ctx, links: number): Promise<number> {
  let left = links;
  const begun = performance.now();
  const seller = async (): Promise<void> => {
    while (left-- > 0) await sell(owner, left);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, seller));
  return (performance.now() - begun) / links;
}

export async function taxOf(around: Surroundings, made: Installation): Promise<Result> {
  const { owner } = made;
  const links = Math.max(AT_ONCE, Math.round(LINKS * around.scale));
  const contender = (name: string, { db }: Pick<Connection, 'db'>): Contender => ({
    name,
    run: () => sold({ ...owner, db }, links),
  });
  const portal = made.parts.get('portal');
  await portal?.end();
  const [noHome, none] = [
    await copied(around, made, 'without_home', WITHOUT_HOME),
    await copied(around, made, 'without_any', WITHOUT_ANY),
  ];
  const whole = connect(made.plan.databaseUrl);
  around.onClose(whole.close);
  const [ours, ...peers] = await interleave(
    [
      contender('ours', whole),
      contender("without home's", noHome),
      contender("without home's, the lists' and the search's", none),
    ],
    around.rounds,
    around.say,
  );
  if (!ours) throw new Error('nothing was measured');
  return {
    name: 'issue and pay a link, with all indexes and triggers',
    ...{ unit: 'ms', moreIsBetter: false, ours, peers, bounds: [] },
    targets: peers.map(({ name }) => ({ peer: name, atLeast: 1 / (1 + MOST_TAX) })),
  };
}
