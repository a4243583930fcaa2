/** Random walks of payment sessions through the real processes: `npm run verify:sessions`. See docs/telephony.md. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { House, type Target } from '../faults/house';
import { becomes } from '../faults/patience';
import { type Random, seeded } from '../faults/random';
import { type Check, checkAll, isQuiet, readSessions } from './checks';
import { Desk } from './desk';
import { type Walked, walk } from './walk';

export type Counts = { passed: number; failed: number };
type Options = { walks: number; seed: number; kills: boolean; control: string | null };

const AT_ONCE = 8;
/** A lost capture is found after 16 s, a ticket that nobody took after 15, an unknown payment within a minute. */
const SETTLE_MS = 150_000;
const KILL_PAUSE = [2_000, 6_000] as const;
const KILLED = ['portal', 'card', 'worker', 'worker', 'card'] as const satisfies readonly Target[];

export const USAGE = `npm run verify:sessions -- [options]
  --walks N      so many sessions (200; with --quick 40)
  --quick        a short run
  --seed N       chance comes from here alone
  --no-kills     nothing is killed
  --controls     each broken world in turn; ends well only if each is found`;

/** Worlds that are broken on purpose, and the checks of which one must say so. */
const CONTROLS: Record<string, readonly string[]> = {
  /** The provider says that tones are masked, and they are not. */
  'tones-are-heard': ['P5'],
  /** The provider never turns a recording on again. */
  'recording-stays-off': ['P1', 'P2'],
};

const say = (line: string): void => console.log(line);
const running = new Set<House>();

export const stop = async (): Promise<void> => {
  await Promise.all([...running].map((house) => house.close(false)));
};

async function killing(house: House, random: Random, ended: { now: boolean }): Promise<void> {
  for (;;) {
    const pause = KILL_PAUSE[0] + random.int(KILL_PAUSE[1] - KILL_PAUSE[0]);
    for (let ms = 0; ms < pause; ms += 200) {
      if (ended.now) return;
      await sleep(200);
    }
    await house.kill(random.pick([...KILLED]), random.int(500)).up;
  }
}

/** Ends what is still keyed as an agent would, and waits until every session lets go of its call. */
async function settle(house: House): Promise<void> {
  const desk = new Desk(house);
  await becomes(async () => {
    const open = (await readSessions(house)).filter((one) => !isQuiet(one));
    for (const one of open)
      if (one.kind === 'agent_assist' && ['capturing', 'ready'].includes(one.state))
        await desk.act(one.id, 'cancel');
    const [row] = await house.sql`select count(*)::int as open from payment_attempts
      where state in ('created', 'submitted', 'unknown', 'requires_action')`;
    return open.length === 0 && row?.open === 0;
  }, SETTLE_MS);
}

async function trial(house: House, { walks, seed, kills, control }: Options): Promise<Check[]> {
  const random = seeded(seed);
  const ended = { now: false };
  if (control === 'recording-stays-off')
    await house.control('POST', '/faults', {
      target: 'telephony',
      operation: 'resume',
      kind: 'refuse',
      rate: 1,
    });
  const killer = kills ? killing(house, random.fork('kills'), ended) : Promise.resolve();
  const walked: Walked[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let number = next++; number < walks; number = next++) {
      const securing = control === 'tones-are-heard' ? 'off' : undefined;
      walked.push(await walk(house, random.fork(`walk ${number}`), number, securing));
      if (number > 0 && number % 50 === 0) say(`  ${number} walks`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  ended.now = true;
  await killer;
  await house.calm();
  await settle(house);
  return checkAll(house, walked);
}

async function run(root: string, options: Options): Promise<Check[]> {
  const house = await House.open({ root });
  running.add(house);
  try {
    const checks = await trial(house, options);
    await tell(house, checks);
    return checks;
  } finally {
    running.delete(house);
    await house.close(false);
  }
}

async function tell(house: House, checks: readonly Check[]): Promise<void> {
  const states = new Map<string, number>();
  for (const { state } of await readSessions(house)) states.set(state, (states.get(state) ?? 0) + 1);
  say(`  sessions: ${[...states].map(([state, count]) => `${count} ${state}`).join(', ')}`);
  say(`  killed: ${[...house.kills].map(([target, count]) => `${target} ${count}`).join(', ') || 'nothing'}`);
  for (const { id, claim, breaches } of checks) {
    say(`${breaches.length === 0 ? '✓' : '✗'} ${id} ${claim}`);
    for (const line of breaches.slice(0, 10)) say(`    ${line}`);
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
      ...{ walks: { type: 'string' }, seed: { type: 'string' } },
      ...{ quick: { type: 'boolean' }, controls: { type: 'boolean' }, 'no-kills': { type: 'boolean' } },
    },
  });
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
  const walks = Number(values.walks ?? (values.quick || values.controls ? 40 : 200));
  say(`seed ${seed}, ${walks} walks`);
  const options: Options = { walks, seed, kills: !values['no-kills'], control: null };
  if (!values.controls) return counted(await run(root, options));
  let found = 0;
  for (const [control, mustBreach] of Object.entries(CONTROLS)) {
    say(`Control ${control}`);
    const checks = await run(root, { ...options, kills: false, control });
    const red = checks.filter(({ breaches }) => breaches.length > 0).map(({ id }) => id);
    const isFound = mustBreach.some((id) => red.includes(id));
    say(`Control ${control}: ${isFound ? `found, by ${red.join(', ')}` : 'NOT FOUND'}`);
    found += Number(isFound);
  }
  return { passed: found, failed: Object.keys(CONTROLS).length - found };
}
