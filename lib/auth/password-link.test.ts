import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { findUserByEmail } from '@/db/queries/merchants';
import { auditEntries, passwordLinks } from '@/db/schema';
import { setClock } from '@/db/testing';
import { type TestHouse, testHouse } from '../testing';
import { newPasswordLink, setPassword } from './password-link';
import { passwordProblem } from './password-rules';
import { liveSession } from './session';
import { signIn } from './sign-in';
import { sessionOf } from './testing';

const PASSWORD = 'glass otter under nine stairs';
let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

async function linkFor(role: string): Promise<string> {
  const user = await findUserByEmail(house.services.db, `${role}@juniper.example`);
  if (!user) throw new Error('no such user');
  const link = await newPasswordLink(house.services, house.services.db, user);
  return new URL(link).hash.slice(1);
}
const from = { address: '192.0.2.9', requestId: 'req_test' };
const set = (secret: string, password = PASSWORD) =>
  setPassword(house.services, { secret, password, ...from });
const enter = (role: string, password = PASSWORD) =>
  signIn(house.services, { email: `${role}@juniper.example`, password, ...from });

test('a link sets the password once; it is kept as a hash, and behind the # of its address', async () => {
  const user = await findUserByEmail(house.services.db, 'owner@juniper.example');
  if (!user) throw new Error('no such user');
  const link = new URL(await newPasswordLink(house.services, house.services.db, user));
  const secret = link.hash.slice(1);
  expect(link.pathname).toBe('/set-password');
  expect(JSON.stringify(await house.services.db.select().from(passwordLinks))).not.toContain(secret);
  expect(await set(secret)).toEqual({ ok: true, value: { email: 'owner@juniper.example' } });
  expect(await enter('owner')).toMatchObject({ ok: true });
  expect(await set(secret, `${PASSWORD} again`)).toMatchObject({ error: { code: 'not_found' } });
  const audit = await house.services.db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, 'user.set_password'));
  expect(audit).toMatchObject([{ subject: user.id, address: from.address }]);
});

test('of many at once on one link, one sets the password', async () => {
  const secret = await linkFor('admin');
  const tries = await Promise.all(Array.from({ length: 5 }, (_, i) => set(secret, `${PASSWORD} ${i}`)));
  expect(tries.filter((one) => one.ok)).toHaveLength(1);
});

test('a link ends after 24 hours, with the next one, and with its user; unknown ones answer alike', async () => {
  const older = await linkFor('agent');
  const secret = await linkFor('agent');
  const gone = await set('unknown');
  expect(gone).toMatchObject({ ok: false, error: { code: 'not_found' } });
  expect(await set(older)).toEqual(gone);
  await setClock(house.services.db, 86_401);
  expect(await set(secret)).toEqual(gone);
  await setClock(house.services.db, 86_395);
  expect(await set(secret)).toMatchObject({ ok: true });
});

test('a new password ends what the user has open', async () => {
  await set(await linkFor('viewer'));
  const session = sessionOf(await enter('viewer'));
  expect(await liveSession(house.services, session, true)).not.toBeNull();
  await set(await linkFor('viewer'), 'seven brass kettles sing');
  expect(await liveSession(house.services, session, true)).toBeNull();
});

test('a refused password spends nothing and names the field', async () => {
  const secret = await linkFor('owner');
  expect(await set(secret, 'too short')).toMatchObject({ error: { errors: [{ path: 'password' }] } });
  expect(await set(secret)).toMatchObject({ ok: true });
});

test.each([
  'passwordpassword',
  'PasswordPassword1!',
  '123456789012345',
  'aaaaaaaaaaaaaaaaaaa',
  'abcabcabcabcabcabc',
  'qwertyuiopasdfghjkl',
  'Qwertzuiop1234567890',
  'iloveyouiloveyou2',
  'Summer2026Summer2026!',
  'correcthorsebatterystaple',
  'welcome1welcome1',
  'letmeinletmein123',
  'olive@juniper.example',
  'short',
  'fourteen chars',
  'x9'.repeat(200),
])('%s is refused', (password) => {
  expect(passwordProblem(password, ['olive@juniper.example', 'Olive Owner'])).not.toBeNull();
});

test.each([
  PASSWORD,
  'seven brass kettles sing',
  'Vq7#kd92!mZx4rTb',
  'die Amsel badet im Dachkandel',
  'ключ под третьим камнем',
])('%s is taken', (password) => {
  expect(passwordProblem(password, ['olive@juniper.example', 'Olive Owner'])).toBeNull();
});
