import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../ids';
import { cancelSession, switchSession, watchSession } from '.';
import { type CallHouse, callHouse, keyed, recordingAlerts, type Trouble, unwrap } from './testing';

let house: CallHouse;
beforeAll(async () => {
  house = await callHouse();
});
afterAll(() => house.close());

const cancel = async (id: string) => unwrap(await cancelSession(house.desk('owner'), id));
const alertsOf = (id: string) => recordingAlerts(house, id);
const isWatched = async (id: string) =>
  (await house.database.sql`select 1 from graphile_worker.jobs where key = ${`session:${id}`}`).length === 1;
/** The job's own way, without the portal, so many seconds later. */
async function watch(id: string, seconds = 0) {
  await house.pass(id, seconds);
  await house.database.sql`delete from graphile_worker._private_jobs where key = ${`session:${id}`}`;
  return unwrap(await watchSession(house.as('system'), id));
}

describe('after its end a call is put back', () => {
  test('at once, by a worker alone, and then nobody looks after it any more', async () => {
    const { id, call, capture } = await keyed(house, 2);
    await cancel(id);
    expect(await watch(id)).toEqual({ state: 'canceled', step: 'none' });
    expect(call).toMatchObject({ recorded: true, line: null });
    expect(await house.read(id)).toMatchObject({ recording: 'resumed', secured: null, captureId: null });
    expect(await isWatched(id)).toBe(false);
    expect(await house.card.tell(capture)).toBe(false);
  });

  test('where it is over, there is nothing to be turned on', async () => {
    for (const isForgotten of [false, true]) {
      const { id, call } = await keyed(house, 2);
      call.isOver = true;
      if (isForgotten) house.phone.forget(call);
      await cancel(id);
      expect(await watch(id)).toEqual({ state: 'canceled', step: 'none' });
      expect(await house.read(id)).toMatchObject({ recording: 'resumed', secured: null });
    }
  });

  test('where its recording is gone meanwhile, it is unavailable, and an alarm is put away', async () => {
    const { id, call } = await keyed(house, 2);
    call.trouble.set('resume', 'refused');
    await cancel(id);
    await watch(id, 31);
    expect(await alertsOf(id)).toEqual(['open']);
    call.recorded = null;
    call.trouble.clear();
    expect(await watch(id)).toEqual({ state: 'canceled', step: 'none' });
    expect((await house.read(id)).recording).toBe('unavailable');
    expect(await alertsOf(id)).toEqual(['settled']);
  });

  test.each<[Trouble, string]>([
    ['down', 'resume_failed'],
    ['lost', 'resume_failed'],
    ['refused', 'resume_failed'],
    ['pending', 'resuming'],
  ])(
    'again and again where turning it on is %s; after half a minute somebody is told, until it is on',
    async (trouble, recording) => {
      const { id, call } = await keyed(house, 1);
      call.trouble.set('resume', trouble);
      await cancel(id);
      expect(await watch(id)).toEqual({ state: 'canceled', step: 'restore' });
      expect((await house.read(id)).recording).toBe(recording);
      expect(await isWatched(id)).toBe(true);
      await watch(id, 20);
      expect(await alertsOf(id)).toEqual([]);
      await watch(id, 20);
      await watch(id, 20);
      expect(await alertsOf(id)).toEqual(['open']);
      call.trouble.clear();
      expect(await watch(id, 60)).toEqual({ state: 'canceled', step: 'none' });
      expect(call.recorded).toBe(true);
      expect((await house.read(id)).recording).toBe('resumed');
      expect(await alertsOf(id)).toEqual(['settled']);
      expect(await isWatched(id)).toBe(false);
    },
  );

  test('and unmasked, again and again where that fails', async () => {
    for (const trouble of ['down', 'refused'] as const) {
      const { id, call } = await keyed(house, 1);
      call.trouble.set('release', trouble);
      await cancel(id);
      expect(await watch(id)).toEqual({ state: 'canceled', step: 'restore' });
      expect(await house.read(id)).toMatchObject({ recording: 'resumed', secured: 'masked' });
      expect(await isWatched(id)).toBe(true);
      call.trouble.clear();
      expect(await watch(id, 3)).toEqual({ state: 'canceled', step: 'none' });
      expect(call.line).toBeNull();
    }
  });

  test('also when the payment goes on by link, and somebody is told there too', async () => {
    const { id, call } = await keyed(house, 1);
    call.trouble.set('resume', 'down');
    unwrap(await switchSession(house.desk('owner'), id, { kind: 'digital' }));
    for (const seconds of [0, 10, 10, 15]) await watch(id, seconds);
    expect(await alertsOf(id)).toEqual(['open']);
    call.trouble.clear();
    expect(await watch(id, 1)).toEqual({ state: 'created', step: 'none' });
    expect(call).toMatchObject({ recorded: true, line: null });
  });
});

test('a recording that is turned off late, while it is being turned on, is turned on once more', async () => {
  const { id, call } = await keyed(house, 1);
  await cancel(id);
  call.after = async (act) => {
    if (act !== 'resume') return;
    call.after = () => {};
    call.recorded = false;
    await house.news(call, 'recording.suspended');
  };
  await watch(id);
  expect((await house.read(id)).recording).toBe('resume_failed');
  await watch(id, 2);
  expect((await house.read(id)).recording).toBe('resumed');
  expect(call.recorded).toBe(true);
});

test('a portal that dies after anything it asked leaves a row from which the next one puts the call back', async () => {
  for (const act of ['resume', 'release'] as const) {
    const { id, call } = await keyed(house, 1);
    await cancel(id);
    let dies = true;
    const { db } = house.services;
    call.after = (done) => {
      if (done === act) dies = false;
    };
    // What it learns from `act` it never writes down.
    const transaction: typeof db.transaction = (work, options) =>
      dies ? db.transaction(work, options) : Promise.reject(new Error('the portal has died'));
    const mortal = Object.assign(Object.create(db), { transaction });
    await expect(house.drive(id, { ...house.portal, db: mortal })).rejects.toThrow('has died');
    expect(await watch(id)).toEqual({ state: 'canceled', step: 'none' });
    expect(call).toMatchObject({ recorded: true, line: null });
  }
});

test('only the job of this session is meant: another merchant’s worker finds none', async () => {
  const { id } = await keyed(house, 1);
  const outcome = await watchSession({ ...house.stranger, actor: { kind: 'system' } }, id);
  expect(outcome).toMatchObject({ error: { code: 'not_found' } });
  expect(await watchSession(house.as('system'), newId('paymentSession'))).toMatchObject({ ok: false });
});
