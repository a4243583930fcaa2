/** The trial of the webhook lane: `npm run verify:webhooks`. See docs/webhooks.md. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Ctx } from '@/lib/context';
import { cancelPaymentLink, createPaymentLink, updatePaymentLink } from '@/lib/payment-links';
import { buildVariant } from '../faults/control-build';
import { type Random, seeded } from '../faults/random';
import { type Check, checkAll, mostHeld, readStored } from './checks';
import { CONTROLS, type Control } from './controls';
import { House } from './house';

export type Counts = { passed: number; failed: number };
type Options = { events: number; seed: number; workers: number; keep: boolean; databaseKills: boolean };

const AT_ONCE = 6;
const EVENTS_OF_A_LINK = 4;
const SETTLE_MS = 300_000;
/** Seconds between two kills, at least and at most. */
const WORKER_PAUSE = [1.5, 5] as const;
const DATABASE_PAUSE = [10, 25] as const;

export const USAGE = `npm run verify:webhooks -- [options]
  --events N     so many events (100000; with --quick 3000)
  --quick        a short run
  --seed N       chance comes from here alone
  --controls     every broken worker in turn; ends well only if each is found
  --control NAME one of them; ends with code 1
  --keep         leave the data behind`;

const say = (line: string): void => console.log(line);

/** One link's story: four events. A verb that the killed database took down is left; what was committed counts. */
async function story(ctx: Ctx, number: number): Promise<void> {
  try {
    const made = await createPaymentLink(ctx, { amountMinor: 100 + number, currency: 'GBP' });
    if (!made.ok) throw new Error(made.error.message);
    const { id } = made.value;
    await updatePaymentLink(ctx, id, { description: 'One' }, made.value.version);
    await updatePaymentLink(ctx, id, { metadata: { number: String(number) } }, made.value.version + 1);
    await cancelPaymentLink(ctx, id);
  } catch {
    await sleep(200);
  }
}

/** Makes events until so many are committed: what the killed database took down is made up for. */
async function produce(house: House, events: number): Promise<void> {
  let next = 0;
  for (let missing = events; missing > 0; missing = events - (await committed(house))) {
    const end = next + Math.ceil(missing / EVENTS_OF_A_LINK);
    const work = async (): Promise<void> => {
      for (let number = next++; number < end; number = next++) {
        const ctx = house.merchants[number % house.merchants.length];
        if (ctx) await story(ctx, number);
        if (number > 0 && number % 2_500 === 0) say(`  ${number * EVENTS_OF_A_LINK} events`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }
}

/** How many events there are, once the database can be asked. */
async function committed({ sql }: House): Promise<number> {
  for (;;) {
    try {
      const [row] = await sql`select count(*)::int as events from events`;
      return row?.events;
    } catch {
      await sleep(200);
    }
  }
}

/** Kills until it is told to stop, at moments that the seed says. */
async function killing(
  random: Random,
  [least, most]: readonly [number, number],
  kill: () => Promise<void>,
  ended: { now: boolean },
): Promise<void> {
  for (;;) {
    for (let ms = 1000 * (least + random.next() * (most - least)); ms > 0; ms -= 200) {
      if (ended.now) return;
      await sleep(Math.min(ms, 200));
    }
    await kill();
  }
}

/** Waits until nothing is on its way. What a receiver has failed is brought forward: its schedule is not what is tried. */
async function settle({ sql, sample }: House, house: House): Promise<number> {
  let open = -1;
  for (const end = performance.now() + SETTLE_MS; performance.now() < end; await sleep(1_000)) {
    sample.call(house);
    await sql`update webhook_deliveries set next_try_at = cf_now()
      where state = 'retrying' and lease_until is null and next_try_at > cf_now() + interval '1 second'`;
    const [row] = await sql`select count(*)::int as open from webhook_deliveries
      where state in ('pending', 'retrying')`;
    open = Number(row?.open);
    if (open === 0) break;
  }
  return open;
}

async function trial(house: House, options: Options): Promise<Check[]> {
  const ended = { now: false };
  const random = seeded(options.seed);
  const of = (name: string) => random.fork(name);
  const which = of('which');
  const killers = [
    killing(of('worker'), WORKER_PAUSE, () => house.killWorker(which.int(1000)), ended),
    ...(options.databaseKills
      ? [killing(of('database'), DATABASE_PAUSE, () => house.killDatabase(), ended)]
      : []),
  ];
  const sampling = setInterval(() => house.sample(), 1_000);
  await produce(house, options.events);
  await sleep(5_000);
  ended.now = true;
  await Promise.all(killers);
  say('  all events are there; waiting for the last to arrive');
  const open = await settle(house, house);
  clearInterval(sampling);
  const stored = await readStored(house);
  return checkAll({ stored, heard: house.receivers.heard, house, open });
}

const percentile = (sorted: readonly number[], share: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);

function tell(house: House, checks: readonly Check[]): void {
  for (const { id, name, breaches } of checks) {
    say(`${breaches.length === 0 ? '✓' : '✗'} ${id}: ${name}`);
    for (const breach of breaches.slice(0, 5)) say(`    ${breach}`);
    if (breaches.length > 5) say(`    and ${breaches.length - 5} more`);
  }
  const { heard, delays } = house.receivers;
  const times = [...heard.values()].reduce((sum, one) => sum + one.times, 0);
  const sorted = delays.toSorted((a, b) => a - b);
  say(
    `${heard.size} events in ${times} requests; ${house.kills.worker} workers and ${house.kills.database} databases killed; ` +
      `first arrival after ${percentile(sorted, 0.5)} ms in the middle; ` +
      `at most ${Math.round(mostHeld(house.memory))} MB in a worker`,
  );
}

const running = new Set<House>();
/** Ends what runs, for a signal. */
export const stop = async (): Promise<void> => {
  await Promise.all([...running].map((house) => house.close(false)));
};

async function run(root: string, options: Options, control?: Control): Promise<Check[]> {
  const name = control?.name ?? 'verify-webhooks';
  const patches = control?.patches ?? [];
  const bundle = await buildVariant(root, name, { process: 'worker', entry: 'worker/main.ts', patches });
  const house = await House.open(bundle, options.workers);
  running.add(house);
  try {
    const checks = await trial(house, options);
    tell(house, checks);
    return checks;
  } finally {
    running.delete(house);
    if (options.keep) say(`The data of this run are in ${house.dataDir}`);
    await house.close(options.keep);
  }
}

const counted = (checks: readonly Check[]): Counts => {
  const failed = checks.filter(({ breaches }) => breaches.length > 0).length;
  return { passed: checks.length - failed, failed };
};

/** Runs what the command line asks for; gives how much of it held. */
export async function main(root: string, args: string[]): Promise<Counts> {
  const { values } = parseArgs({
    args,
    options: {
      ...{ events: { type: 'string' }, seed: { type: 'string' }, control: { type: 'string' } },
      ...{ quick: { type: 'boolean' }, controls: { type: 'boolean' }, keep: { type: 'boolean' } },
    },
  });
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
  const events = Number(
    values.events ?? (values.quick || values.controls || values.control ? 3_000 : 100_000),
  );
  const options: Options = { events, seed, workers: 2, keep: values.keep === true, databaseKills: true };
  say(`seed ${seed}, ${events} events`);
  const chosen = CONTROLS.filter(({ name }) => values.controls || name === values.control);
  if (values.control && chosen.length === 0)
    throw new Error(`"${values.control}" is no control: ${CONTROLS.map(({ name }) => name).join(', ')}.`);
  if (chosen.length === 0) return counted(await run(root, options));
  let found = 0;
  for (const control of chosen) {
    say(`Control ${control.name}: ${control.breaks}.`);
    const checks = await run(root, { ...options, databaseKills: false }, control);
    const red = checks.filter(({ breaches }) => breaches.length > 0).map(({ id }) => id);
    const isFound = control.mustBreach.some((id) => red.includes(id));
    say(`Control ${control.name}: ${isFound ? `found, by ${red.join(', ')}` : 'NOT FOUND'}`);
    found += Number(isFound);
    if (values.control) return counted(checks);
  }
  return { passed: found, failed: chosen.length - found };
}
