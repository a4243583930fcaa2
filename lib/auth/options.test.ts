import { eq } from 'drizzle-orm';
import NextAuth from 'next-auth';
import { decode } from 'next-auth/jwt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sessions, users } from '@/db/schema';
import { type TestHouse, testHouse } from '../testing';
import { sessionCookieValue, sessionIdFrom, staffCookies } from './cookies';
import { authOptions } from './options';
import { hashPassword } from './password';

const SECRET = 'a secret of the tests';
const PASSWORD = 'a long enough password';
let house: TestHouse;

beforeAll(async () => {
  house = await testHouse();
  await house.services.db.update(users).set({ passwordHash: await hashPassword(PASSWORD) });
});
afterAll(() => house.close());

const options = () =>
  authOptions({
    services: house.services,
    secret: SECRET,
    origin: () => ({ address: '192.0.2.1', requestId: 'req_test' }),
  });

/** The provider's check, as next-auth calls it. */
async function authorize(password: string): Promise<{ id: string }> {
  const provider = options().providers[0] as unknown as {
    options: { authorize: (given: object, request: { headers: object }) => Promise<{ id: string }> };
  };
  return provider.options.authorize({ email: 'owner@juniper.example', password }, { headers: {} });
}

test('next-auth accepts the options', () => {
  expect(NextAuth(options())).toBeTypeOf('function');
});

test('the token carries the session id and its dates, and nothing else', async () => {
  const { callbacks } = options();
  const user = await authorize(PASSWORD);
  const filled = { name: 'Olive', email: 'owner@juniper.example', sub: user.id };
  const token = await callbacks?.jwt?.({ token: filled, user, account: null });
  expect(token).toEqual({ sid: user.id });
  expect(await callbacks?.jwt?.({ token: { ...filled, sid: user.id }, account: null } as never)).toEqual({
    sid: user.id,
  });
  const value = await sessionCookieValue(SECRET, user.id);
  expect(value).not.toContain(user.id);
  const claims = await decode({ token: value, secret: SECRET });
  expect(Object.keys(claims ?? {}).sort()).toEqual(['exp', 'iat', 'jti', 'sid']);
  expect(await sessionIdFrom(SECRET, value)).toBe(user.id);
});

test('a cookie of another secret, changed or empty, names no session', async () => {
  const value = await sessionCookieValue(SECRET, 'ses_1');
  expect(await sessionIdFrom('another secret', value)).toBeNull();
  // Not the last letter: some of its bits stand for nothing.
  const changed = `${value.slice(0, -6)}${value.at(-6) === 'A' ? 'B' : 'A'}${value.slice(-5)}`;
  expect(await sessionIdFrom(SECRET, changed)).toBeNull();
  expect(await sessionIdFrom(SECRET, undefined)).toBeNull();
  expect(await sessionIdFrom(SECRET, 'not a token')).toBeNull();
});

test('a refusal is one of our closed words, never a cause', async () => {
  await expect(authorize('wrong')).rejects.toThrow(/^unauthenticated$/);
  const broken = await testHouse();
  await broken.close();
  const parts = {
    services: broken.services,
    secret: SECRET,
    origin: () => ({ address: 'x', requestId: 'r' }),
  };
  const provider = authOptions(parts).providers[0] as unknown as {
    options: { authorize: (given: object, request: { headers: object }) => Promise<unknown> };
  };
  await expect(provider.options.authorize({ email: 'a@b.c' }, { headers: {} })).rejects.toThrow(
    /^unavailable$/,
  );
});

test('signing out ends the row', async () => {
  const { id } = await authorize(PASSWORD);
  await options().events?.signOut?.({ token: { sid: id }, session: {} as never });
  const [row] = await house.services.db.select().from(sessions).where(eq(sessions.id, id));
  expect(row?.endedAt).toBeInstanceOf(Date);
});

test('on https every cookie is __Host-, Secure, HttpOnly, SameSite=Strict and of the whole site', () => {
  for (const { name, options: flags } of Object.values(staffCookies('https://pay.example.com'))) {
    expect(name).toMatch(/^__Host-/);
    expect(flags).toEqual({ httpOnly: true, sameSite: 'strict', path: '/', secure: true });
  }
});

test('on plain-http loopback cookies are unprefixed and not Secure, else the same', () => {
  for (const { name, options: flags } of Object.values(staffCookies('http://localhost:3000'))) {
    expect(name).not.toMatch(/^__/);
    expect(flags).toEqual({ httpOnly: true, sameSite: 'strict', path: '/', secure: false });
  }
});
