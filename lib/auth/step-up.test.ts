import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { auditEntries, users } from '@/db/schema';
import { setClock } from '@/db/testing';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { type TestHouse, testHouse } from '../testing';
import { endSession, type LiveSession, liveSession, signIn, stepUp } from '.';
import { hashPassword } from './password';
import { MAX_FAILURES } from './sign-in';
import { sessionOf } from './testing';

const PASSWORD = 'a long enough password';
const from = { address: '192.0.2.7', requestId: 'req_test' };
let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
  await house.services.db.update(users).set({ passwordHash: await hashPassword(PASSWORD) });
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

const reread = async (id: string): Promise<LiveSession> => {
  const session = await liveSession(house.services, id, true);
  if (!session) throw new Error('no session');
  return session;
};
async function enter(role: string): Promise<LiveSession> {
  const email = `${role}@juniper.example`;
  const opened = await signIn(house.services, { email, password: PASSWORD, ...from });
  return reread(sessionOf(opened));
}
const prove = (session: LiveSession, password = PASSWORD) =>
  stepUp(house.services, session, { password, ...from });

test('a sign-in proves who somebody is for five minutes, and the password for five more', async () => {
  const session = await enter('owner');
  expect(session.verified).toBe(true);
  await setClock(house.services.db, 299);
  expect((await reread(session.id)).verified).toBe(true);
  await setClock(house.services.db, 301);
  expect((await reread(session.id)).verified).toBe(false);
  expect(await prove(session)).toEqual({ ok: true, value: true });
  expect((await reread(session.id)).verified).toBe(true);
  await setClock(house.services.db, 602);
  expect((await reread(session.id)).verified).toBe(false);
});

test('a wrong password proves nothing, is written down, and counts to the lock of the sign-in', async () => {
  const session = await enter('agent');
  await setClock(house.services.db, 301);
  for (let tries = 0; tries < MAX_FAILURES; tries++)
    expect(await prove(session, 'not the password')).toMatchObject({ error: { code: 'step_up_required' } });
  expect(await prove(session)).toMatchObject({ error: { code: 'rate_limited' } });
  expect((await reread(session.id)).verified).toBe(false);
  const failed = await house.services.db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, 'step_up_failed'));
  expect(failed).toHaveLength(MAX_FAILURES);
});

test('a session that is over cannot be proved, nor another one with it', async () => {
  const [session, other] = [await enter('admin'), await enter('admin')];
  await setClock(house.services.db, 301);
  await endSession(house.services, session.id);
  expect(await prove(session)).toMatchObject({ error: { code: 'unauthenticated' } });
  expect((await reread(other.id)).verified).toBe(false);
});

test('what needs a fresh proof is refused to a person without one, not to a client; the role comes first', () => {
  const unproved = (role: 'owner' | 'agent'): Ctx => ({
    ...house.as(role),
    actor: { kind: 'user', id: 'user_1', name: 'Test', role },
  });
  expect(authorizeVerified(unproved('owner'), 'refunds:create')).toMatchObject({
    error: { code: 'step_up_required' },
  });
  expect(authorizeVerified(unproved('agent'), 'refunds:create')).toMatchObject({
    error: { code: 'forbidden' },
  });
  for (const allowed of [house.as('owner'), house.as('api', ['refunds:create'])])
    expect(authorizeVerified(allowed, 'refunds:create')).toEqual({ ok: true, value: true });
});
