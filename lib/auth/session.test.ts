import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { USUAL_LOOK } from '@/core/list-look';
import { insertSession } from '@/db/queries/merchants';
import { sessions, users } from '@/db/schema';
import { setClock } from '@/db/testing';
import { newId } from '../ids';
import { type TestHouse, testHouse } from '../testing';
import { endSession, liveSession } from './session';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());
afterEach(() => setClock(house.services.db, 0));

async function open(role: 'owner' | 'agent' = 'owner'): Promise<string> {
  const { db } = house.services;
  const [user] = await db
    .select()
    .from(users)
    .where(eq(users.email, `${role}@juniper.example`));
  if (!user) throw new Error('no such user');
  const id = newId('session');
  await insertSession(db, { id, merchantId: house.merchantId, userId: user.id });
  return id;
}
const at = (seconds: number) => setClock(house.services.db, seconds);
const lives = async (id: string, active = true) => (await liveSession(house.services, id, active)) !== null;

test('a live session tells user and merchant, how they have the list, and no password hash', async () => {
  const id = await open('agent');
  const session = await liveSession(house.services, id, true);
  expect(session?.user).toEqual({
    id: expect.stringMatching(/^user_/),
    name: 'Test agent',
    email: 'agent@juniper.example',
    role: 'agent',
    timeZone: null,
  });
  expect(session?.merchant).toMatchObject({ id: house.merchantId, name: 'Juniper Outfitters' });
  expect(session?.look).toEqual(USUAL_LOOK);
  const look = { hidden: ['created' as const], dense: true, keys: false };
  await house.services.db
    .update(users)
    .set({ listLook: look })
    .where(eq(users.email, 'agent@juniper.example'));
  expect((await liveSession(house.services, id, true))?.look).toEqual(look);
});

test('what is no session id, or nobody’s, is no session', async () => {
  for (const id of [null, '', 'ses_1', newId('session'), newId('user')])
    expect(await liveSession(house.services, id, true)).toBeNull();
});

test('fifteen minutes without a person end a session; refreshes of a page do not keep it', async () => {
  const id = await open();
  await at(890);
  expect(await lives(id, false)).toBe(true);
  await at(901);
  expect(await lives(id)).toBe(false);
});

test('what a person does keeps a session, for twelve hours at the most', async () => {
  const id = await open();
  for (let seconds = 840; seconds < 43_200; seconds += 840) {
    await at(seconds);
    expect(await lives(id)).toBe(true);
  }
  await at(43_201);
  expect(await lives(id)).toBe(false);
});

test('activity is written at most every 30 seconds', async () => {
  const id = await open();
  const seen = async () =>
    (await house.services.db.select().from(sessions).where(eq(sessions.id, id)))[0]?.lastSeenAt.getTime();
  const opened = await seen();
  await at(20);
  await lives(id);
  expect(await seen()).toBe(opened);
  await at(40);
  await lives(id);
  expect(await seen()).toBeGreaterThan(opened ?? 0);
});

test('an ended session is dead at once', async () => {
  const id = await open();
  await endSession(house.services, id);
  expect(await lives(id)).toBe(false);
});

test('disabling a user ends what they have open at once', async () => {
  const id = await open('agent');
  expect(await lives(id)).toBe(true);
  await house.services.db
    .update(users)
    .set({ disabledAt: new Date() })
    .where(eq(users.email, 'agent@juniper.example'));
  expect(await lives(id)).toBe(false);
});
