import { afterAll, beforeEach, expect, test } from 'vitest';
import { findUserByEmail } from '@/db/queries/merchants';
import { setClock } from '@/db/testing';
import type { Ctx } from '../../context';
import { newId } from '../../ids';
import { deliverLetters } from '../../staff-letters/testing';
import {
  addApp,
  askApp,
  askSecondStep,
  askSignIn,
  askStepUp,
  enterPasskey,
  proofWays,
  readFactors,
  removeApp,
  resetFactors,
  signIn,
  signInWithPasskey,
  stepUp,
  stepUpWithPasskey,
} from '..';
import { sessionOf, softwarePasskey } from '../testing';
import { codeOf, FROM, factorHouse, got, PASSWORD } from './testing';

const { house, production, owner, clear, enter, waiting, codeAt, withApp, withPasskey, give, live, session } =
  await factorHouse();
beforeEach(clear);
afterAll(() => house.close());

test('the last second factor stays where one is required', async () => {
  await withApp();
  expect(codeOf(await removeApp({ ...house.as('owner'), config: production.config }))).toBe('conflict');
  expect(got(await readFactors(house.as('owner'))).app).not.toBeNull();
  expect(codeOf(await removeApp(house.as('owner')))).toBe('ok');
  expect(got(await readFactors(house.as('owner')))).toMatchObject({ app: null, recoveryCodes: 0 });
});

test('a passkey is a second step and a whole sign-in, never locked by what others do; an answer counts once', async () => {
  const { passkey } = await withPasskey();
  for (let tries = 0; tries < 11; tries++)
    await signIn(house.services, { email: owner.email, password: 'wrong', ...FROM });
  const asked = await askSignIn(house.services);
  const answer = { state: asked.state, response: passkey.sign(asked.options) };
  const opened = await signInWithPasskey(house.services, { ...FROM, answer });
  expect((await session(opened)).user.email).toBe(owner.email);
  expect(codeOf(await signInWithPasskey(house.services, { ...FROM, answer }))).toBe('unauthenticated');
  await house.database.sql`delete from sign_in_failures`;
  const secret = await waiting();
  const second = got(await askSecondStep(house.services, secret));
  expect(second.options.allowCredentials).toMatchObject([{ id: passkey.id }]);
  const given = { state: second.state, response: passkey.sign(second.options) };
  expect(codeOf(await signInWithPasskey(house.services, { ...FROM, answer: given }))).toBe('unauthenticated');
  expect(codeOf(await enterPasskey(house.services, { ...FROM, secret, answer: given }))).toBe('ok');
});

test('a passkey of another person, of another site, that made sure of nobody, or that counts back, proves nothing', async () => {
  const { passkey } = await withPasskey();
  const { passkey: theirs } = await withPasskey(house.as('admin'));
  const secret = await waiting();
  const tryWith = async (sign: typeof passkey.sign, counter = 0) => {
    const { options, state } = got(await askSecondStep(house.services, secret));
    return codeOf(
      await enterPasskey(house.services, {
        ...FROM,
        secret,
        answer: { state, response: sign(options, counter) },
      }),
    );
  };
  expect(await tryWith(theirs.sign)).toBe('unauthenticated');
  const { portalUrl } = house.services.config;
  for (const made of [{ origin: 'https://pay.example.net' }, { verifies: false }])
    expect(codeOf((await withPasskey(house.as('owner'), made)).added)).toBe('invalid');
  expect(await tryWith(softwarePasskey(portalUrl).sign)).toBe('unauthenticated');
  await house.database.sql`update passkeys set counter = 7`;
  expect(await tryWith(passkey.sign, 7)).toBe('unauthenticated');
  expect(await tryWith(passkey.sign, 8)).toBe('ok');
});

test('who has a second factor confirms by it; their password alone is not enough', async () => {
  const opened = await session({ ok: true, value: { session: sessionOf(await enter()) } });
  expect(await proofWays(house.services, opened)).toMatchObject({ password: true });
  const { secret } = await withApp();
  const { passkey } = await withPasskey();
  await setClock(house.services.db, 301);
  expect(await proofWays(house.services, opened)).toEqual({
    ...{ password: false, code: true, passkey: true, provider: false },
  });
  const prove = (proof: object) => stepUp(house.services, opened, { ...proof, ...FROM });
  const isVerified = async () => (await live(opened.id))?.verified;
  for (const proof of [{ password: PASSWORD }, { code: '000000' }, { password: PASSWORD, code: '000000' }])
    expect(codeOf(await prove(proof))).toBe('step_up_required');
  expect(await isVerified()).toBe(false);
  expect(codeOf(await prove({ code: await codeAt(secret) }))).toBe('ok');
  expect(await isVerified()).toBe(true);
  await setClock(house.services.db, 602);
  const { options, state } = got(await askStepUp(house.services, opened));
  const answer = { state, response: passkey.sign(options) };
  expect(codeOf(await stepUpWithPasskey(house.services, opened, { ...FROM, answer }))).toBe('ok');
  expect(await isVerified()).toBe(true);
});

test('each change needs a fresh proof, is written down and told; only people have factors', async () => {
  const stale: Ctx = {
    ...house.as('agent'),
    actor: { kind: 'user', id: owner.id, name: 'A', role: 'agent' },
  };
  expect(codeOf(await askApp(stale))).toBe('step_up_required');
  expect(codeOf(await addApp(stale, {}))).toBe('step_up_required');
  const desk: Ctx = {
    ...house.as('agent'),
    actor: { kind: 'agent', id: owner.id, name: 'A', line: '', session: null },
  };
  for (const ctx of [desk, house.as('api')]) expect(codeOf(await askApp(ctx))).toBe('forbidden');
  await deliverLetters(house);
  await withApp(house.as('agent'));
  const letters = await deliverLetters(house);
  expect(letters).toMatchObject([{ to: 'agent@juniper.example', subject: 'A second factor was added' }]);
  const entries = await house.database
    .sql`select data from audit_entries where action = 'second_factor.add' order by id desc limit 1`;
  expect(entries[0]).toEqual({ data: { factor: 'authenticator_app' } });
});

test('an owner resets another person’s factors, of their own merchant; nobody resets their own', async () => {
  const agent = await findUserByEmail(house.services.db, 'agent@juniper.example');
  const user = agent?.id ?? '';
  const { codes } = await withApp(house.as('agent'));
  const opened = got(await give(await waiting(house.services, 'agent'), codes[0] ?? '')).session;
  expect(codeOf(await resetFactors(house.as('admin'), { user }))).toBe('forbidden');
  expect(codeOf(await resetFactors(house.stranger, { user }))).toBe('not_found');
  expect(codeOf(await resetFactors(house.as('owner'), { user: owner.id }))).toBe('conflict');
  expect(codeOf(await resetFactors(house.as('owner'), { user: newId('user') }))).toBe('not_found');
  expect(codeOf(await resetFactors(house.as('owner'), { user }))).toBe('ok');
  expect(await live(opened)).toBeNull();
  expect(got(await enter(house.services, 'agent'))).toHaveProperty('session');
});
