/** Who may come in where, tried: `npm run verify:authz`. See docs/threat-model.md. */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { processSpecs } from '@/scripts/launcher/processes';
import { Part } from '@/scripts/verify/faults/part';
import { becomes } from '@/scripts/verify/faults/patience';
import { Actors } from './actors';
import type { Caller } from './call';
import { buildVariant, CONTROLS, turn } from './controls';
import { changed, Digest } from './digest';
import { type House, METRICS_TOKEN, openHouse } from './house';
import { MATRIX } from './matrix';
import { gaps, table } from './report';
import type { Row } from './rows';
import { type Fault, Run } from './run';
import { Store } from './things';
import { actionsOf, waysOf } from './ways';

export type Counts = { passed: number; failed: number; failures: string[] };

export const USAGE = `npm run verify:authz -- [options]
  --only TEXT    rows with this in their name
  --quick        what is for everybody by one, another merchant's by those who are let in; no table
  --controls     each broken verb in turn; ends well only if each is found`;

const closers: (() => unknown)[] = [];
/** Ends what a run has started. */
export async function stop(): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}
const say = (line: string): void => console.log(line);
const told = ({ way, actor, what }: Fault): string => `${way}${actor ? `, ${actor}` : ''}: ${what}`;

const NO_FRONTS = { shut: async () => {}, open: async () => {} };
const isWorkers = ({ way }: Row): boolean => way.startsWith('worker ');

/** Last of all: once it runs, things change by themselves. */
async function startWorker(root: string, { plan }: House): Promise<void> {
  const spec = processSpecs(plan).find(({ name }) => name === 'worker');
  if (!spec) throw new Error('the worker is not built');
  spec.env.METRICS_TOKEN = METRICS_TOKEN;
  const onDeath = (): void => say('the worker process ended');
  const worker = new Part(spec, { root, dataDir: plan.config.dataDir, fronts: NO_FRONTS, onDeath });
  closers.push(() => worker.kill());
  await worker.start();
  if (!(await becomes(async () => (await fetch(`${spec.address}/readyz`)).ok, READY_MS)))
    throw new Error('the worker does not get ready');
}
const READY_MS = 20_000;

type Trial = { house: House; caller: Caller; digest: Digest };

/** Starts what is built below `root`. */
async function begin(root: string): Promise<Trial> {
  const around = { root, rounds: 1, scale: 1, profile: false, say };
  const house = await openHouse({ ...around, onClose: (closer) => closers.push(closer) });
  const { portal, card } = house.plan.config.urls;
  const worker = `http://127.0.0.1:${house.plan.workerHealthPort}`;
  const origins = { portal, card, worker };
  const caller = { actors: new Actors(house), actions: actionsOf(root), origins };
  return { house, caller, digest: await Digest.of(house.sql) };
}

const runOf = ({ caller, house, digest }: Trial, isQuick = false): Run =>
  new Run(caller, new Store(house), digest, isQuick);

/** All that is refused first: nothing of it may have changed anything. */
async function trial(root: string, all: readonly Row[], isQuick: boolean): Promise<Run> {
  const begun = await begin(root);
  const run = runOf(begun, isQuick);
  const rows = all.filter((row) => !isWorkers(row));
  for (const row of rows) await run.refusals(row);
  const { merchantId } = begun.house.theirs.owner;
  const before = await begun.digest.of(merchantId);
  for (const row of rows) await run.admissions(row);
  const touched = changed(before, await begun.digest.of(merchantId)).join(', ');
  if (touched)
    run.faults.push({ way: 'all acts', actor: null, what: `the other merchant’s ${touched} have changed` });
  if (all.length === MATRIX.length)
    for (const { name, refuses } of waysOf(root)) if (refuses) await run.wrongMethod(name);
  if (all.some(isWorkers)) await startWorker(root, begun.house);
  for (const row of all.filter(isWorkers)) await run.admissions(row);
  return run;
}

/** True where the matrix is green as it is, and red by the right actor once the verb is broken. */
async function controls(root: string): Promise<Counts> {
  say(`Building a portal with ${CONTROLS.length} verbs that can be broken…`);
  const variant = await buildVariant(root);
  closers.push(() => rmSync(variant, { recursive: true, force: true }));
  const begun = await begin(variant);
  const failures: string[] = [];
  for (const control of CONTROLS) {
    const rows = MATRIX.filter(({ way }) => way.includes(control.rows));
    const redBy = async (isBroken: boolean): Promise<Fault[]> => {
      turn(variant, control, isBroken);
      const run = runOf(begun);
      for (const row of rows) await run.refusals(row);
      return run.faults;
    };
    const [whole, broken] = [await redBy(false), await redBy(true)];
    turn(variant, control, false);
    // Where it can be done but once, whoever is first is let in, and the others are told that it is done: not that they may not.
    const isOpen = (way: string) => broken.some((one) => one.way === way && /is: let in/.test(one.what));
    const isFound = broken.some(({ actor, way }) => actor === control.actor && isOpen(way));
    const word = whole.length > 0 ? 'RED BEFORE IT WAS BROKEN' : isFound ? 'found' : 'NOT FOUND';
    say(`Control ${control.name}: ${control.breaks}: ${word}`);
    if (word === 'found')
      say(
        `    ${broken
          .map(told)
          .find((line) => line.includes('let in'))
          ?.slice(0, 160)}`,
      );
    else {
      for (const fault of [...whole, ...broken].slice(0, 3)) say(`    ${told(fault).slice(0, 300)}`);
      failures.push(`control ${control.name}: ${word}`, ...whole.map(told));
    }
  }
  say(`${CONTROLS.length} controls, ${failures.length} failed`);
  return { passed: CONTROLS.length - failures.length, failed: failures.length, failures };
}

type Wish = { only?: string | undefined; quick?: boolean | undefined };

async function whole(root: string, { only, quick = false }: Wish): Promise<Counts> {
  const since = performance.now();
  const ways = waysOf(root);
  const rows = MATRIX.filter(({ way }) => only === undefined || way.includes(only));
  const run = await trial(root, rows, quick);
  if (!quick) for (const line of table(rows, run.faults)) say(line);
  const failures = [...gaps(ways, MATRIX), ...run.faults.map(told)];
  for (const line of failures) say(`✗ ${line}`);
  const refusing = ways.filter(({ refuses }) => refuses).length;
  const seconds = Math.round((performance.now() - since) / 1000);
  say(`${ways.length - refusing} ways in and ${MATRIX.length} rows; ${refusing} methods that no path has`);
  say(`${run.cells} cells, ${failures.length} failed (${seconds} s)`);
  const red = new Set(run.faults.map(({ way }) => way));
  const passed = rows.filter(({ way }) => !red.has(way)).length;
  return { passed, failed: failures.length, failures };
}

/** Runs what the command line asks for; gives how much of it held. */
export async function main(root: string, args: string[]): Promise<Counts> {
  const { values } = parseArgs({
    args,
    options: { only: { type: 'string' }, quick: { type: 'boolean' }, controls: { type: 'boolean' } },
  });
  try {
    return values.controls ? await controls(root) : await whole(root, values);
  } finally {
    await stop();
  }
}
