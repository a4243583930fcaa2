import { afterAll, beforeEach, expect, test } from 'vitest';
import { factorFailures, recoveryCodes, sessions } from '@/db/schema';
import { setClock } from '@/db/testing';
import { deliverLetters } from '../staff-letters/testing';
import {
  addApp,
  addPasskey,
  askApp,
  askOwnPasskey,
  finishSetUp,
  removeApp,
  secondStep,
  settingUp,
  signIn,
} from '.';
import { endAccess } from './end-access';
import { MAX_CODES } from './factors/prove';
import { codeOf, FROM, factorHouse, got } from './factors/testing';
import { sessionOf, softwarePasskey } from './testing';

const { house, production, owner, clear, enter, waiting, codeAt, withApp, give, live, session } =
  await factorHouse();
const ELSEWHERE = { ...FROM, address: '198.51.100.7' };
beforeEach(clear);
afterAll(() => house.close());

test('a password alone opens nothing for who has an authenticator app; its code opens a session, once', async () => {
  const { secret } = await withApp();
  const wait = await waiting();
  expect(await secondStep(house.services, wait)).toMatchObject({ step: 'factor', app: true });
  expect(await house.services.db.select().from(sessions)).toEqual([]);
  expect(await live(wait)).toBeNull();
  const code = await codeAt(secret);
  const entered = await give(wait, code);
  expect((await session(entered)).user.email).toBe(owner.email);
  expect(codeOf(await give(wait, code))).toBe('unauthenticated');
  expect(codeOf(await give(await waiting(), code))).toBe('unauthenticated');
});

test('a code is taken half a minute early and late, and no longer; none from before the last one', async () => {
  const { secret } = await withApp();
  for (const steps of [-3, -2, 2, 3])
    expect(codeOf(await give(await waiting(), await codeAt(secret, steps)))).toBe('unauthenticated');
  const [early, now] = [await codeAt(secret, 1), await codeAt(secret)];
  expect(codeOf(await give(await waiting(), early.replace(/^.../, '$& ')))).toBe('ok');
  expect(codeOf(await give(await waiting(), now))).toBe('unauthenticated');
});

test('of many at once with one code, one is signed in', async () => {
  const { secret } = await withApp();
  const [waits, code] = [[await waiting(), await waiting(), await waiting()], await codeAt(secret)];
  const all = await Promise.all(waits.map((wait) => give(wait, code)));
  expect(all.filter(({ ok }) => ok)).toHaveLength(1);
});

test('a recovery code signs in once, its person is told, and what is kept does not hold it', async () => {
  const { codes } = await withApp();
  expect(new Set(codes).size).toBe(10);
  const [one = ''] = codes;
  expect(one).toMatch(/^([0-9a-z]{4}-){3}[0-9a-z]{4}$/);
  const kept = JSON.stringify(await house.services.db.select().from(recoveryCodes));
  expect(kept).not.toContain(one.replaceAll('-', ''));
  await deliverLetters(house);
  expect(codeOf(await give(await waiting(), one.toUpperCase().replaceAll('-', ' ')))).toBe('ok');
  expect((await deliverLetters(house)).map(({ subject }) => subject)).toEqual(['A recovery code was used']);
  expect(codeOf(await give(await waiting(), one))).toBe('unauthenticated');
});

test('a sign-in that waits ends after ten minutes, and with whatever its person has open', async () => {
  const { codes } = await withApp();
  const wait = await waiting();
  await setClock(house.services.db, 601);
  expect(await secondStep(house.services, wait)).toBeNull();
  expect(codeOf(await give(wait, codes[0] ?? ''))).toBe('unauthenticated');
  const other = await waiting();
  await endAccess(house.services.db, owner);
  expect(await secondStep(house.services, other)).toBeNull();
});

test('who knows the password may guess ten codes a day; the places that are the person’s own stay open', async () => {
  const { secret, codes } = await withApp();
  expect(codeOf(await give(await waiting(), await codeAt(secret)))).toBe('ok');
  await house.database.sql`update authenticator_apps set last_step = 0`;
  const guess = async (address: string) => give(await waiting(), '000000', { ...FROM, address });
  for (let tries = 0; tries < MAX_CODES; tries++)
    expect(codeOf(await guess(`198.51.100.${tries}`))).toBe('unauthenticated');
  expect(codeOf(await guess('203.0.113.9'))).toBe('rate_limited');
  const right = await codeAt(secret);
  expect(codeOf(await give(await waiting(), right, ELSEWHERE))).toBe('rate_limited');
  expect(codeOf(await give(await waiting(), codes[0] ?? '', ELSEWHERE))).toBe('ok');
  expect(codeOf(await give(await waiting(), right))).toBe('ok');
  await setClock(house.services.db, 86_401);
  expect(codeOf(await guess('203.0.113.10'))).toBe('unauthenticated');
});

test('wrong passwords of others count nothing here; thirty codes at once are ten', async () => {
  const { secret } = await withApp();
  for (let tries = 0; tries < 10; tries++)
    await signIn(house.services, { email: owner.email, password: 'wrong', ...ELSEWHERE });
  expect(await house.services.db.select().from(factorFailures)).toEqual([]);
  const wait = await waiting();
  const all = await Promise.all(Array.from({ length: 30 }, () => give(wait, '000000')));
  expect(all.filter((one) => codeOf(one) === 'unauthenticated').length).toBeLessThanOrEqual(MAX_CODES);
  expect(codeOf(await give(wait, await codeAt(secret)))).toBe('rate_limited');
});

test('in production everybody sets a second factor up first, and a session of the password alone opens nothing', async () => {
  const before = sessionOf(await enter());
  expect(await live(before)).not.toBeNull();
  expect(await live(before, production)).toBeNull();
  const wait = await waiting(production);
  expect(await secondStep(production, wait)).toMatchObject({ step: 'set_up' });
  expect(codeOf(await finishSetUp(production, { secret: wait, ...FROM }))).toBe('unauthenticated');
  const { ctx, prove } = got(await settingUp(production, { secret: wait, ...FROM }));
  const { secret, state } = got(await askApp(ctx));
  const wrong = await addApp(ctx, { state, code: '000000' }, prove);
  expect(codeOf(wrong)).toBe('invalid');
  const added = got(await addApp(ctx, { state, code: await codeAt(secret) }, prove));
  expect(added.recoveryCodes).toHaveLength(10);
  expect(codeOf(await settingUp(production, { secret: wait, ...FROM }))).toBe('unauthenticated');
  const opened = got(await finishSetUp(production, { secret: wait, ...FROM }));
  expect(await live(opened.session, production)).not.toBeNull();
  expect(codeOf(await removeApp(house.as('owner')))).toBe('ok');
  expect(codeOf(await finishSetUp(production, { secret: wait, ...FROM }))).toBe('unauthenticated');
});

test('who knows a password cannot add a factor beside the one that is there', async () => {
  const [mine, theirs] = [await waiting(production), await waiting(production)];
  const { ctx, prove } = got(await settingUp(production, { secret: theirs, ...FROM }));
  const { secret, state } = got(await askApp(ctx));
  const first = got(await settingUp(production, { secret: mine, ...FROM }));
  const passkey = softwarePasskey(ctx.config.portalUrl);
  const asked = got(await askOwnPasskey(first.ctx));
  const response = passkey.make(asked.options);
  got(await addPasskey(first.ctx, { name: 'Mine', state: asked.state, response }, first.prove));
  expect(codeOf(await addApp(ctx, { state, code: await codeAt(secret) }, prove))).toBe('conflict');
  expect(await secondStep(production, theirs)).toMatchObject({ step: 'factor', app: false });
});
