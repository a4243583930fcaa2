/** Rows whose fault hits processes or the database: one payment at each step, all held, one fault, all let go. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, Case } from './case';
import { caseAt } from './case-at';
import { broken, type Column, isKeypad, type Judged, judged, type Outcome, stepOf } from './columns';
import type { Target } from './house';
import { type RowKey, rowOf } from './matrix';
import { pageOf } from './payer';
import { RefundCase } from './refund-case';
import type { Act } from './switchboard';

type Fault = {
  way?: string;
  strike: () => Promise<void>;
  /** What the held exchange of a column meets when it is let go; by default it goes on. */
  acts?: Partial<Record<Column, Act>>;
  /** After the held ones were let go: everything is as before. */
  end: () => Promise<void>;
};

/** Where the row is tried: a run that leaves out what is keyed tries the rest. */
export const columnsOf = (row: RowKey, { unkeyed = false }: Pick<Bench, 'unkeyed'>): Column[] =>
  (Object.keys(rowOf(row).cells) as Column[]).filter((column) => !(unkeyed && isKeypad(column)));

/** Drives one payment or refund to each column of the row, strikes once, lets all go on. */
export async function batch(bench: Bench, row: RowKey, fault: Fault): Promise<Judged[]> {
  const cases = columnsOf(row, bench).map((column) => caseAt(bench, row, column));
  // What takes a caller's time is done before: nobody else may be held for so long.
  await Promise.allSettled(cases.map((one) => one.issue()));
  const driven = await Promise.allSettled(cases.map((one) => one.drive()));
  await fault.strike();
  for (const one of cases) one.release(fault.acts?.[stepOf(one.column)]);
  await fault.end();
  return cases.map((one, i) => {
    const drive = driven[i];
    const outcome = drive?.status === 'rejected' ? Promise.resolve(broken(drive.reason)) : one.judge();
    return judged(one.column, outcome, fault.way);
  });
}

/** `kill -9` of a target, which is up again after `downMs`. */
export function killing(row: RowKey, target: Target, downMs = 300, acts: Fault['acts'] = {}) {
  return (bench: Bench): Promise<Judged[]> => {
    let up = Promise.resolve();
    return batch(bench, row, {
      acts,
      strike: () => {
        const killed = bench.house.kill(target, downMs);
        up = killed.up;
        return killed.down;
      },
      end: () => up,
    });
  };
}

/** The database is gone for so long; nobody else is hurt. */
export const databaseGone =
  (goneMs: number) =>
  (bench: Bench): Promise<Judged[]> =>
    batch(bench, 'databaseGone', {
      strike: () => bench.house.cluster.kill(),
      end: async () => {
        await sleep(goneMs);
        await bench.house.cluster.start();
      },
    });

/** SIGTERM and a fresh start, of each process in turn, while payments and refunds are on their way. */
export async function deploying(bench: Bench): Promise<Judged[]> {
  const found: Judged[] = [];
  for (const name of ['card', 'portal', 'worker'] as const) {
    const part = bench.house.parts[name];
    let ended = Promise.resolve(0);
    const some = await batch(bench, 'deploy', {
      way: name,
      // Only where no answer came does the worker decide about a payment.
      ...(name === 'worker' && { acts: { 'S3–S4': { act: 'reset' } } }),
      strike: async () => {
        ended = part.end();
        await sleep(50);
      },
      end: async () => {
        await ended;
        await part.start();
      },
    });
    const seconds = (await ended) / 1000;
    const slow = broken(`the process needed ${Math.round(seconds)} s to end`);
    const isSlow = seconds > DRAIN_SECONDS;
    found.push(...some.map((one) => (isSlow ? { ...one, outcome: Promise.resolve(slow) } : one)));
  }
  return found;
}
const DRAIN_SECONDS = 25;

const HOUR_MS = 3_600_000;
/** A module that moves the clock of the process that loads it. */
const shiftedClock = (ms: number): string[] => [
  '--import',
  `data:text/javascript,${encodeURIComponent(`const by=${ms},Real=Date;
globalThis.Date=new Proxy(Real,{apply:()=>new Real(Real.now()+by).toString(),
construct:(real,args,target)=>Reflect.construct(real,args.length?args:[Real.now()+by],target),
get:(real,key)=>key==='now'?()=>Real.now()+by:Reflect.get(real,key)});`)}`,
];

const APPS = ['portal', 'card', 'worker'] as const;

/** How many hours the clock of each host is ahead. */
type Shift = Record<(typeof APPS)[number], number>;
const alike = (hours: number): [string, Shift] => [
  `${hours > 0 ? '+' : ''}${hours} h`,
  { portal: hours, card: hours, worker: hours },
];
/** All alike, and clocks that contradict each other. */
const SHIFTS: readonly (readonly [way: string, by: Shift])[] = [
  ...[1, -1, 72, -72].map(alike),
  ['portal +72 h, others -72 h', { portal: 72, card: -72, worker: -72 }],
  ['portal -72 h, others +72 h', { portal: -72, card: 72, worker: 72 }],
];

async function withClocks(bench: Bench, by: Shift): Promise<void> {
  await Promise.all(
    APPS.map(async (name) => {
      const part = bench.house.parts[name];
      part.extraArgs = by[name] === 0 ? [] : shiftedClock(by[name] * HOUR_MS);
      await part.restart();
    }),
  );
}

/** As without a fault: paid with the first card, at once, and told. */
async function payUnder(bench: Bench): Promise<Outcome> {
  const one = await new Case(bench, 'clocks', 'S0–S1').issue();
  const told = await one.payer().payOnce(one.card(), 20_000);
  const [refused] = one.causes;
  if (refused || told?.page !== 'paid')
    return `broken: ${refused ?? 'no word'}, and the page says ${pageOf(told)}`;
  return one.judge(15_000);
}

const refundUnder = async (bench: Bench): Promise<Outcome> =>
  (await new RefundCase(bench, 'clocks', 'R0–R1').payFirst()).judge(15_000);

/** The clocks of the hosts of portal, card process and worker are wrong; the database's is right. */
export async function clocksShifted(bench: Bench): Promise<Judged[]> {
  const found: Judged[] = [];
  for (const [way, by] of SHIFTS) {
    await withClocks(bench, by);
    const both = [judged('S0–S1', payUnder(bench), way), judged('R0–R1', refundUnder(bench), way)];
    await Promise.all(both.map(({ outcome }) => outcome));
    found.push(...both);
  }
  await withClocks(bench, { portal: 0, card: 0, worker: 0 });
  return found;
}
