import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEntries, sessions, signInFailures, users } from '@/db/schema';
import { setClock } from '@/db/testing';
import { type TestHouse, testHouse } from '../testing';
import { hashPassword, verifyPassword } from './password';
import { type SignInTry, signIn } from './sign-in';
import { sessionOf } from './testing';

const PASSWORD = 'a long enough password';
let house: TestHouse;

beforeAll(async () => {
  house = await testHouse();
  await house.services.db.update(users).set({ passwordHash: await hashPassword(PASSWORD) });
});
afterAll(() => house.close());

const attempt = (more: Partial<SignInTry> = {}) =>
  signIn(house.services, {
    email: 'owner@juniper.example',
    password: PASSWORD,
    address: '192.0.2.1',
    requestId: 'req_test',
    ...more,
  });
const codeOf = async (outcome: ReturnType<typeof signIn>) => {
  const answer = await outcome;
  return answer.ok ? 'ok' : answer.error.code;
};

test('a password is kept as argon2id and only the right one verifies', async () => {
  const stored = await hashPassword(PASSWORD);
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(stored, PASSWORD)).toBe(true);
  expect(await verifyPassword(stored, `${PASSWORD} `)).toBe(false);
  expect(await verifyPassword(undefined, 'nobody has this password')).toBe(false);
  expect(await verifyPassword('none', PASSWORD)).toBe(false);
});

test('the right password opens a session row and is audited', async () => {
  const session = sessionOf(await attempt({ email: ' Owner@Juniper.Example ', userAgent: 'x'.repeat(900) }));
  const { db } = house.services;
  const [row] = await db.select().from(sessions).where(eq(sessions.id, session));
  expect(row).toMatchObject({ merchantId: house.merchantId, endedAt: null, address: '192.0.2.1' });
  expect(row?.userAgent).toHaveLength(300);
  const audit = await db.select().from(auditEntries).where(eq(auditEntries.action, 'sign_in'));
  expect(audit).toHaveLength(1);
});

test('a card number as e-mail is refused before it is counted, and one in the name of a browser is not kept', async () => {
  const { db } = house.services;
  expect(await codeOf(attempt({ email: '4242424242424242@example.com' }))).toBe('card_number_refused');
  const failures = await db.select().from(signInFailures);
  expect(failures.map(({ email }) => email).join()).not.toContain('4242');
  const session = sessionOf(
    await attempt({ userAgent: 'Browser 4242 4242 4242 4242', address: '192.0.2.9' }),
  );
  const [row] = await db.select().from(sessions).where(eq(sessions.id, session));
  expect(row?.userAgent).toBe('[dropped]');
});

test('a wrong password and an unknown account get the same answer; the known one is audited', async () => {
  const wrong = await attempt({ password: 'wrong', address: '192.0.2.2' });
  const unknown = await attempt({ email: 'nobody@juniper.example', address: '192.0.2.2' });
  expect(wrong).toEqual(unknown);
  expect(wrong).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
  const audit = await house.services.db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, 'sign_in_failed'));
  expect(audit).toHaveLength(1);
});

test('a disabled user cannot sign in with the right password', async () => {
  const { db } = house.services;
  await db.update(users).set({ disabledAt: new Date() }).where(eq(users.email, 'viewer@juniper.example'));
  expect(await codeOf(attempt({ email: 'viewer@juniper.example' }))).toBe('unauthenticated');
});

test('ten failures lock account and address for 30 minutes, and only those', async () => {
  const from = { email: 'agent@juniper.example', address: '192.0.2.3' };
  for (let i = 0; i < 10; i++)
    expect(await codeOf(attempt({ ...from, password: 'wrong' }))).toBe('unauthenticated');
  expect(await codeOf(attempt(from))).toBe('rate_limited');
  expect(await codeOf(attempt({ ...from, email: 'AGENT@juniper.example' }))).toBe('rate_limited');
  expect(await codeOf(attempt({ ...from, address: '192.0.2.4' }))).toBe('ok');
  expect(await codeOf(attempt({ ...from, email: 'owner@juniper.example' }))).toBe('ok');
  await setClock(house.services.db, 1795);
  expect(await codeOf(attempt(from))).toBe('rate_limited');
  await setClock(house.services.db, 1801);
  expect(await codeOf(attempt(from))).toBe('ok');
  await setClock(house.services.db, 0);
});

test('the lock lasts 30 minutes from the tenth failure, however far apart the ten came', async () => {
  const from = { email: 'agent@juniper.example', address: '192.0.2.7' };
  const { db } = house.services;
  for (let i = 0; i < 10; i++) {
    await setClock(db, i * 190);
    expect(await codeOf(attempt({ ...from, password: 'wrong' }))).toBe('unauthenticated');
  }
  await setClock(db, 9 * 190 + 1_700);
  const refused = await attempt(from);
  expect(refused).toMatchObject({ ok: false, error: { code: 'rate_limited' } });
  const left = refused.ok ? 0 : refused.error.retryAfterSeconds;
  expect(left).toBeGreaterThan(60);
  expect(left).toBeLessThanOrEqual(100);
  await setClock(db, 9 * 190 + 1_801);
  expect(await codeOf(attempt(from))).toBe('ok');
  await setClock(db, 0);
});

test('a success forgets the failures before it', async () => {
  const from = { email: 'admin@juniper.example', address: '192.0.2.5' };
  for (let i = 0; i < 9; i++) await attempt({ ...from, password: 'wrong' });
  expect(await codeOf(attempt(from))).toBe('ok');
  const left = await house.services.db
    .select()
    .from(signInFailures)
    .where(eq(signInFailures.address, from.address));
  expect(left).toHaveLength(0);
});

test('thirty wrong tries at once look at no more than ten passwords', async () => {
  const from = { email: 'admin@juniper.example', address: '192.0.2.6', password: 'wrong' };
  const codes = await Promise.all(Array.from({ length: 30 }, () => codeOf(attempt(from))));
  expect(codes.filter((code) => code === 'unauthenticated').length).toBeLessThanOrEqual(10);
  expect(codes.filter((code) => code === 'rate_limited').length).toBeGreaterThanOrEqual(20);
});
