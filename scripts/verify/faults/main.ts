/** The fault harness: `npm run verify:faults`. See docs/faults.md. */
export { USAGE } from './options';

import { readBooks } from './books';
import type { Bench } from './case';
import { Chaos, isLate, type Seen } from './chaos';
import { buildVariant } from './control-build';
import { CONTROLS, type Control } from './controls';
import { House, type HouseOptions } from './house';
import { INVARIANTS } from './invariants';
import { type Reached, runMatrix } from './matrix-run';
import { Merchant } from './merchant';
import { type Options, readOptions } from './options';
import { Lanes } from './patience';
import { type PaymentPlan, plansOf } from './plan';
import { seeded } from './random';
import { Receipts } from './receipts';
import { type Check, type Counts, report, type Summary } from './report';
import { settle } from './settle';
import { cardNumbersIn } from './sinks';

/** A quick run lets no payment begin later than this after its start, once it has begun enough to prove something. */
const QUICK_STOP_MS = 115_000;
const QUICK_LEAST = 40;
const TELL_EVERY = 500;
/** Payers of the matrix on their way to their fault. A row that strikes once needs all of its own at once: 12 at the most. */
const LANES = 16;

const say = (line: string): void => console.log(line);
const count = (values: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

const commandOf = ({ seed, payments, kills, atOnce, mode, row, control, parts }: Options): string =>
  [
    `npm run verify:faults -- --seed ${seed} --payments ${payments} --kills ${kills}`,
    `--at-once ${atOnce}`,
    ...(mode === 'quick' ? ['--quick'] : []),
    ...(row ? [`--row "${row}"`] : []),
    ...(control ? [`--control ${control}`] : []),
    ...(parts.matrix ? [] : ['--no-matrix']),
    ...(parts.payments ? [] : ['--no-payments']),
  ].join(' ');

/** Evidence that an invariant cannot read fails that invariant, and keeps none of the others from being judged. */
function judged(breaches: () => string[]): string[] {
  try {
    return breaches();
  } catch (error) {
    return [`could not be judged: ${error instanceof Error ? error.stack : error}`];
  }
}

/** The whole trial in a house that stands: matrix, payments, calm, and then every invariant. */
async function trial(house: House, options: Options, since: number): Promise<Summary> {
  const { seed, payments, kills, parts, mode } = options;
  const { switchboard, config, firstRun } = house;
  const receipts = new Receipts(switchboard, firstRun.webhookEndpoint.secret);
  const merchant = new Merchant(config.urls.portal, firstRun.apiKey, switchboard);
  const bench: Bench = {
    house,
    merchant,
    receipts,
    random: seeded(seed).fork('matrix'),
    cases: [],
    lanes: new Lanes(LANES),
  };
  const quick = mode === 'quick';
  const soFar = (): number => Math.round((performance.now() - since) / 1000);
  const chaos = new Chaos(house, merchant);
  const plans = parts.payments ? plansOf(seed, payments, kills, options.target) : [];
  const pay = (some: readonly PaymentPlan[]): Promise<void> =>
    chaos.run(some, {
      atOnce: options.atOnce,
      ...(quick && { stopAt: since + QUICK_STOP_MS, least: QUICK_LEAST }),
      onDone: (done) =>
        done % TELL_EVERY === 0 && say(`  ${done} payments, ${killsIn(house)} kills, after ${soFar()} s`),
    });
  // Payers who wait a minute for the end of their link begin with the matrix where time is short.
  const late = pay(quick ? plans.filter(isLate) : []);
  let reached: Promise<Reached[]> = Promise.resolve([]);
  if (parts.matrix) reached = (await runMatrix(bench, { quick, only: options.row, say })).later;
  if (plans.length > 0) say(`${payments} payments, ${kills} kills, after ${soFar()} s`);
  await Promise.all([late, pay(quick ? plans.filter((plan) => !isLate(plan)) : plans)]);
  await house.calm();
  const settled = await settle(house);
  const matrix = await reached;
  const books = await readBooks(house);
  const all: Seen[] = [...chaos.seen, ...bench.cases.filter(({ link }) => link.id)];
  const seen = all.filter(({ link }) => !house.leftToPeople.has(link.id));
  const evidence = {
    books,
    receipts,
    seen,
    refunds: merchant.refunds,
    settled: parts.matrix ? await settle(house) : settled,
  };
  const checks: Check[] = INVARIANTS.map(({ id, claim, breaches }) => ({
    id,
    name: `${id}: ${claim}`,
    breaches: judged(() => breaches(evidence)),
  }));
  const numbers = new Set(all.flatMap(({ cardNumbers }) => cardNumbers));
  checks.push({
    id: 'I9',
    name: 'I9: no card number in any sink',
    breaches: await cardNumbersIn(house, numbers),
  });
  checks.push({
    id: 'house',
    name: 'no process ended by itself, and each came back',
    breaches: house.troubles,
  });
  return {
    seed,
    control: options.control,
    command: commandOf(options),
    seconds: (performance.now() - since) / 1000,
    payments: chaos.seen.length,
    planned: plans.length,
    links: books.links.length,
    refunds: books.refunds.filter(({ state }) => state === 'succeeded').length,
    charges: books.ledger.filter(({ status }) => status === 'captured').length,
    kills: Object.fromEntries(house.kills),
    faults: Object.fromEntries(switchboard.happened),
    attempts: count(books.attempts.map(({ state }) => state)),
    events: books.events.length,
    decidedSeconds: settled.decidedMs / 1000,
    deliveredSeconds: settled.deliveredMs / 1000,
    checks,
    matrix,
  };
}

const killsIn = (house: House): number => [...house.kills.values()].reduce((sum, number) => sum + number, 0);

const open = new Set<House>();

/** Ends what runs, for a signal: no process and no data stay. */
export const stop = async (): Promise<void> => {
  await Promise.all([...open].map((house) => house.close(false)));
};

async function run(options: Options, house: HouseOptions): Promise<Summary> {
  const since = performance.now();
  say(`seed ${options.seed}`);
  const built = await House.open(house);
  open.add(built);
  try {
    return await trial(built, options, since);
  } finally {
    open.delete(built);
    if (options.keep) say(`The data of this run are in ${built.config.dataDir}`);
    await built.close(options.keep);
  }
}

/** Runs one broken variant as its control says; the counts are those of the harness, which must find it broken. */
async function runControl(root: string, options: Options, control: Control): Promise<Summary> {
  const { row, payments, kills, target } = control.run;
  const parts = { matrix: row !== null, payments: payments > 0 };
  const bundles = control.bundle && {
    [control.bundle.process]: await buildVariant(root, control.name, control.bundle),
  };
  say(`Control ${control.name}: ${control.breaks}.`);
  return run(
    { ...options, row, payments, kills, parts, control: control.name, ...(target && { target }) },
    {
      root,
      ...(bundles && { bundles }),
      ...(control.settings && { settings: control.settings }),
      ...(control.sabotage && { sabotage: control.sabotage }),
    },
  );
}

/** Every control in turn. One is passed when the harness found the breach that it is there for. */
async function runControls(root: string, options: Options): Promise<Counts> {
  const failures: string[] = [];
  for (const control of CONTROLS) {
    const summary = await runControl(root, options, control);
    report(root, summary);
    const red = summary.checks.filter(({ breaches }) => breaches.length > 0).map(({ id }) => id);
    const found = control.mustBreach.filter((id) => red.includes(id));
    say(`Control ${control.name}: ${found.length > 0 ? `found, by ${found.join(', ')}` : 'NOT FOUND'}`);
    if (found.length === 0) failures.push(`the harness does not see ${control.name}`);
  }
  return { passed: CONTROLS.length - failures.length, failed: failures.length, untried: 0, failures };
}

/** Runs what the command line asks for; gives how much of it held. */
export async function main(root: string, args: string[]): Promise<Counts> {
  const options = readOptions(args);
  if (options.mode === 'controls') return runControls(root, options);
  if (!options.control) return report(root, await run(options, { root }));
  const control = CONTROLS.find(({ name }) => name === options.control);
  if (!control)
    throw new Error(`"${options.control}" is no control: ${CONTROLS.map(({ name }) => name).join(', ')}.`);
  return report(root, await runControl(root, options, control));
}
