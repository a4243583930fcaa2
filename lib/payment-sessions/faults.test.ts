import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidFromId } from '@/core/ids';
import { RECORDING_TRANSITIONS, type RecordingState } from '@/core/payment-session';
import { canMove } from '@/core/transitions';
import { control } from '../gateways/testing';
import { type CallHouse, callHouse } from './testing';
import { FAULTS } from './testing/faults';
import {
  advance,
  breachesOf,
  type Charge,
  drive,
  heal,
  newWalk,
  settle,
  WAY,
  type Walk,
} from './testing/walk';

let house: CallHouse;
beforeAll(async () => {
  house = await callHouse();
  // The database itself notes how recordings move: what no test asks for is seen too.
  await house.database.sql.unsafe(`
    create table recording_moves (before text, after text, primary key (before, after));
    create function note_move() returns trigger language plpgsql as $$ begin
      insert into recording_moves values (old.recording, new.recording) on conflict do nothing; return new; end $$;
    create trigger note_move after update on payment_sessions for each row
      when (old.recording <> new.recording) execute function note_move()`);
});
afterAll(() => house.close());

const NAMES = Object.keys(FAULTS);
const AT_ONCE = 8;
/** Every so manyth pair is walked, each fault being the first of some and the second of others; all of them where it is asked for. */
const EVERY = process.env.SESSION_FAULTS === 'all' ? 1 : 13;

type Plan = { at: number; faults: string[] };
/** Each ordered pair of faults, at a point of the way that goes round. */
const PLANS: Plan[] = NAMES.flatMap((first, i) =>
  NAMES.map((second, j) => ({ at: (i * 5 + j) % WAY, faults: [first, second] })),
).filter((_, i) => i % EVERY === 0);

async function walkTo(at: number): Promise<Walk> {
  const walk = await newWalk(house);
  for (let step = 0; step < at; step++) await advance(walk);
  return walk;
}

async function strike(walk: Walk, name: string): Promise<void> {
  await FAULTS[name]?.(walk);
  await drive(walk);
  await advance(walk);
  await settle(walk);
}

async function suffer({ at, faults }: Plan): Promise<Walk> {
  const walk = await walkTo(at);
  for (const name of faults) await strike(walk, name);
  await heal(walk);
  return walk;
}

const charges = async () => (await control(house, 'GET', 'ledger')).data as Charge[];

/** Some at a time, so that the database is busy and never full. */
async function all<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const next = items.entries();
  const worker = async () => {
    for (const [index, item] of next) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

test('without a fault the way leads to the money in its sixteen steps, and all is as it was', async () => {
  const walk = await walkTo(WAY);
  expect((await house.read(walk.id)).state).toBe('succeeded');
  expect(await breachesOf(walk, await charges())).toEqual([]);
});

test(
  'any two faults, one after the other, leave a defined state, the recording as it was, and one charge at most',
  async () => {
    const walked = await all(PLANS, async (plan) => {
      const name = `at ${plan.at}: ${plan.faults.join(', then ')}`;
      return { name, walk: await suffer(plan).catch((error: Error) => error) };
    });
    const told = await charges();
    const breaches = await all(walked, async ({ name, walk }) => {
      const found = walk instanceof Error ? [walk.stack ?? ''] : await breachesOf(walk, told);
      return found.map((breach) => `${name}: ${breach}`);
    });
    expect(breaches.flat()).toEqual([]);
    const moves = await house.database.sql`select before, after from recording_moves`;
    const isKnown = (from: RecordingState, to: RecordingState) => canMove(RECORDING_TRANSITIONS, from, to);
    expect(moves.filter(({ before, after }) => !isKnown(before, after))).toEqual([]);
    expect(moves.length).toBeGreaterThan(5);
  },
  1_800_000 / EVERY,
);

test('control: a session that nobody puts back is found out', async () => {
  const walk = await walkTo(8);
  walk.restores = false;
  await strike(walk, 'cancel is pressed');
  await heal(walk);
  expect(await breachesOf(walk, await charges())).toEqual([
    expect.stringMatching(/^it says: suspended, masked, cap_/),
    'the recording is off',
    'the call is masked',
  ]);
});

test('control: money that no session knows of, and a second charge, are found out', async () => {
  const walk = await walkTo(WAY);
  await house.database.sql`update payment_sessions set state = 'failed'
    where id = ${uuidFromId('paymentSession', walk.id)}`;
  const told = await charges();
  const mine = told.filter(({ paymentLink }) => paymentLink === walk.link);
  expect(await breachesOf(walk, told)).toEqual(['it is failed, and was charged 1 times']);
  expect(await breachesOf(walk, [...told, ...mine])).toContain('it was charged 2 times');
});
