import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { insertUser } from '@/db/queries/installation';
import { setClock } from '@/db/testing';
import type { Ctx } from '../context';
import { newId } from '../ids';
import { purge } from '../retention';
import { deliverLetters, secretIn } from '../staff-letters/testing';
import { type TestHouse, testHouse } from '../testing';
import {
  askPasswordReset,
  changePassword,
  endOwnSessions,
  listOwnSessions,
  liveSession,
  saveTimeZone,
  setPassword,
  signIn,
} from '.';
import { deviceOf } from './device';
import { hashPassword } from './password';
import { sessionOf } from './testing';

const [OLD, NEW] = ['glass otter under nine stairs', 'seven brass kettles sing'];
const FROM = { address: '192.0.2.9', requestId: 'req_test' };
let house: TestHouse;
let passwordHash: string;
let email: string;
let ctx: Ctx;
beforeAll(async () => {
  house = await testHouse();
  passwordHash = await hashPassword(OLD);
});
beforeEach(async () => {
  const id = newId('user');
  email = `${id}@juniper.example`;
  const { merchantId, services } = house;
  await insertUser(services.db, { merchantId, id, email, name: 'Ada', role: 'agent', passwordHash });
  ctx = { ...house.as('agent'), ...FROM, actor: { kind: 'user', id, name: 'Ada', role: 'agent' } };
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

const enter = (
  password = OLD,
  userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36',
) => signIn(house.services, { email, password, userAgent, ...FROM });
async function newSession(password = OLD): Promise<string> {
  return sessionOf(await enter(password));
}
const live = (session: string) => liveSession(house.services, session, false);
const ask = (account = email, address = FROM.address) =>
  askPasswordReset(house.services, { email: account }, { ...FROM, address });
const asked = async () => (await deliverLetters(house)).filter(({ to }) => to === email);

test('a forgotten password is set anew by a letter’s link, once; every session ends and the person is told', async () => {
  const session = await newSession();
  expect(await ask(` ${email.toUpperCase()} `)).toEqual({ ok: true, value: true });
  const [letter] = await asked();
  const secret = letter ? secretIn(letter) : '';
  const set = () => setPassword(house.services, { secret, password: NEW, ...FROM });
  expect(await live(session)).not.toBeNull();
  expect((await Promise.all([1, 2, 3, 4, 5].map(set))).filter(({ ok }) => ok)).toHaveLength(1);
  expect(await live(session)).toBeNull();
  expect(await enter(NEW)).toMatchObject({ ok: true });
  expect(await asked()).toMatchObject([{ subject: 'Your password was changed' }]);
  const rows = await house.database.sql`
    select action, actor_kind, address from audit_entries where subject = ${ctx.actor.kind === 'user' ? ctx.actor.id : ''}
      and action like 'user.%' order by at, id`;
  expect(rows).toMatchObject([
    { action: 'user.ask_password_reset', actor_kind: 'system', address: FROM.address },
    { action: 'user.set_password', actor_kind: 'user' },
  ]);
});

test('the answer tells nothing: it is the same, by the same work, for nobody, a disabled one and an invited one', async () => {
  const statements = async (account: string) => {
    const log: string[] = [];
    const other = await testHouse({ onStatement: (text) => log.push(text) });
    await insertUser(other.services.db, {
      ...{ merchantId: other.merchantId, id: newId('user'), email, name: 'Ada', role: 'agent', passwordHash },
    });
    log.length = 0;
    expect(await askPasswordReset(other.services, { email: account }, FROM)).toEqual({
      ok: true,
      value: true,
    });
    await other.close();
    return log;
  };
  expect(await statements('nobody@juniper.example')).toEqual(await statements(email));
  for (const column of ['disabled_at = now()', 'disabled_at = null, joined_at = null']) {
    await house.database.sql`update users set ${house.database.sql.unsafe(column)} where email = ${email}`;
    expect(await ask()).toEqual({ ok: true, value: true });
    expect(await asked()).toEqual([]);
  }
  expect(await ask('no address')).toMatchObject({ error: { errors: [{ path: 'email' }] } });
  expect(await ask('4242424242424242@x.example')).toMatchObject({ error: { code: 'card_number_refused' } });
});

test('no mailbox is flooded: five letters a day to one, twenty an hour from one address, also at once; the last link works', async () => {
  const noted = async (column: 'email' | 'address', value: string) => {
    const rows = await house.database
      .sql`select 1 from password_resets where ${house.database.sql(column)} = ${value}`;
    return rows.length;
  };
  await Promise.all(Array.from({ length: 9 }, (_, i) => ask(email, `198.51.100.${i}`)));
  expect(await noted('email', email)).toBe(5);
  const [letter] = await asked();
  await setClock(house.services.db, 86_390);
  await ask();
  expect(await asked()).toEqual([]);
  const secret = letter ? secretIn(letter) : '';
  expect(await setPassword(house.services, { secret, password: NEW, ...FROM })).toMatchObject({ ok: true });
  await ask(email, '198.51.100.77');
  expect((await asked()).filter(({ subject }) => subject === 'Set a new password')).toHaveLength(1);
  const all = Array.from({ length: 24 }, (_, i) => ask(`somebody${i}@juniper.example`, '203.0.113.5'));
  await Promise.all(all);
  expect(await noted('address', '203.0.113.5')).toBe(20);
  await setClock(house.services.db, 3 * 86_400);
  await purge(house.services, 5_000);
  expect(await house.database.sql`select 1 from password_resets`).toHaveLength(0);
});

test('a password is changed by whoever knows the old one; tries are counted; other sessions end, this one stays', async () => {
  const [here, elsewhere] = [await newSession(), await newSession()];
  const own = await live(here);
  if (!own) throw new Error('no session');
  const change = (current: string, password = NEW) => changePassword(ctx, own, { current, password });
  expect(await change('wrong')).toMatchObject({ error: { errors: [{ path: 'current' }] } });
  expect(await change(OLD, 'short')).toMatchObject({ error: { errors: [{ path: 'password' }] } });
  expect(await change(OLD)).toEqual({ ok: true, value: true });
  expect(await live(here)).not.toBeNull();
  expect(await live(elsewhere)).toBeNull();
  expect(await asked()).toMatchObject([{ subject: 'Your password was changed' }]);
  for (let i = 0; i < 10; i++) await change('wrong');
  expect(await change(NEW, OLD)).toMatchObject({ error: { code: 'rate_limited' } });
});

test('a person sees their sessions in plain words, this one first, and ends one or all others; never another’s', async () => {
  const [first, here, third] = [await newSession(), await newSession(), await newSession()];
  const list = async () => {
    const listed = await listOwnSessions(ctx, here);
    return listed.ok ? listed.value : [];
  };
  expect(await list()).toMatchObject([
    { id: here, isThis: true, device: 'Chrome on Linux', address: FROM.address },
    {},
    {},
  ]);
  const others: Ctx[] = [
    house.as('owner'),
    house.stranger,
    { ...ctx, merchantId: house.stranger.merchantId },
  ];
  for (const other of others)
    expect(await endOwnSessions(other, { only: first })).toMatchObject({ error: { code: 'not_found' } });
  for (const who of ['api', 'payer', 'system'] as const)
    expect(await listOwnSessions(house.as(who), here)).toMatchObject({ error: { code: 'forbidden' } });
  expect(await endOwnSessions(ctx, { only: first })).toEqual({ ok: true, value: 1 });
  expect(await live(first)).toBeNull();
  expect(await endOwnSessions(ctx, { others: here })).toEqual({ ok: true, value: 1 });
  expect(await live(third)).toBeNull();
  expect(await list()).toHaveLength(1);
  await setClock(house.services.db, 901);
  expect(await list()).toHaveLength(0);
});

test('times are shown in the zone a person chose, else in the merchant’s', async () => {
  const session = await newSession();
  const zone = async () => (await live(session))?.timeZone;
  expect(await zone()).toBe('UTC');
  expect(await saveTimeZone(ctx, { timeZone: 'Asia/Tokyo' })).toMatchObject({ ok: true });
  expect(await zone()).toBe('Asia/Tokyo');
  expect(await saveTimeZone(ctx, { timeZone: 'Mars/Olympus' })).toMatchObject({ error: { code: 'invalid' } });
  expect(await saveTimeZone(house.as('api'), { timeZone: null })).toMatchObject({
    error: { code: 'forbidden' },
  });
  expect(await saveTimeZone(ctx, { timeZone: null })).toMatchObject({ ok: true });
  expect(await zone()).toBe('UTC');
});

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1',
    'Safari on an iPhone',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0',
    'Firefox on a Mac',
  ],
  ['curl/8.5', 'An unknown device'],
])('%s is told as %s', (userAgent, device) => expect(deviceOf(userAgent)).toBe(device));
