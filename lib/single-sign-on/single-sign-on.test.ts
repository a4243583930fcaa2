import { afterAll, beforeAll, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { hashPassword } from '../auth/password';
import { liveSession } from '../auth/session';
import { signIn } from '../auth/sign-in';
import { proofWays } from '../auth/step-up';
import { type TestHouse, testHouse } from '../testing';
import { beginStepUp, beginTry, finishRound, ROUND_SECONDS, readTried } from '.';
import { comeBack, FROM, leave, save, sent, type TestProvider, testProvider } from './testing';

let house: TestHouse;
let provider: TestProvider;
beforeAll(async () => {
  provider = await testProvider();
  house = await testHouse({ sandboxUrl: provider.issuer });
});
afterAll(async () => {
  provider.close();
  await house.close();
});

const owner = () => house.as('owner');
const sql = () => house.database.sql;
const sessions = async (): Promise<number> => Number((await sql()`select count(*) from sessions`)[0]?.count);
const user = async (email: string) =>
  (await sql()`select * from users where email = ${email} and merchant_id = ${house.merchantId}`)[0];
const person = (name: string, groups: unknown = ['cf-agents']) => ({
  sub: `sub-${name}`,
  email: `${name}@juniper.example`,
  email_verified: true,
  groups,
});
const refused = (reason: string) => ({ kind: 'refused', reason });

test('a person comes in with the highest role of their groups, read again at each sign-in and audited when it is another; the subject is who they are, not the e-mail', async () => {
  await save(owner(), provider);
  const first = await comeBack(owner(), provider, {
    ...person('ada', ['x', 'cf-viewers', 'cf-agents']),
    name: 'Ada',
  });
  expect(first).toMatchObject({ kind: 'signed_in', next: '/admin/links' });
  expect(await user('ada@juniper.example')).toMatchObject({
    role: 'agent',
    name: 'Ada',
    password_hash: null,
  });
  const again = await comeBack(owner(), provider, {
    ...person('ada', 'cf-admins'),
    email: 'ada@elsewhere.example',
  });
  if (again.kind !== 'signed_in') throw new Error(again.kind);
  expect(await liveSession(house.services, again.session, false)).toMatchObject({
    verified: true,
    user: { email: 'ada@juniper.example', role: 'admin' },
  });
  const id = (await user('ada@juniper.example'))?.id;
  const told =
    await sql()`select data from audit_entries where action = 'user.change_role' and actor_kind = 'system'`;
  expect(told.map(({ data }) => data)).toEqual([
    { role: { from: 'agent', to: 'admin' }, by: 'single_sign_on' },
  ]);
  expect(id).toBeDefined();
});

test('an answer with another nonce, audience, issuer or key, or past its time, signs nobody in', async () => {
  await save(owner(), provider);
  const before = await sessions();
  const past = Math.floor(Date.now() / 1000) - 3600;
  const wrongs = [
    { nonce: 'other' },
    { aud: 'other' },
    { iss: 'https://idp.example' },
    { exp: past },
    { nonce: undefined },
  ];
  for (const wrong of wrongs)
    expect(await comeBack(owner(), provider, { ...person('eve'), ...wrong })).toMatchObject(
      refused('answer_wrong'),
    );
  provider.isForged = true;
  expect(await comeBack(owner(), provider, person('eve'))).toMatchObject(refused('answer_wrong'));
  provider.isForged = false;
  const { search, browser, nonce } = await leave(owner());
  provider.claims = { nonce, ...person('eve') };
  const mixed = { search: `${search}&iss=https%3A%2F%2Fidp.example`, browser, from: FROM };
  expect(await finishRound(house.services, mixed)).toMatchObject(refused('answer_wrong'));
  const denied = await leave(owner());
  expect(
    await finishRound(house.services, {
      search: `?error=access_denied&state=${denied.state}`,
      browser: denied.browser,
      from: FROM,
    }),
  ).toMatchObject(refused('provider_refused'));
  expect([await sessions(), await user('eve@juniper.example')]).toEqual([before, undefined]);
});

test('a round ends once, in the browser that began it, within ten minutes, under the settings that it began with', async () => {
  await save(owner(), provider);
  const one = await leave(owner());
  const other = await leave(owner());
  provider.claims = { nonce: one.nonce, ...person('bea') };
  const come = (search: string, browser: string | null) =>
    finishRound(house.services, { search, browser, from: FROM });
  for (const browser of [other.browser, null, ''])
    expect(await come(one.search, browser)).toMatchObject(refused('round_over'));
  expect(await come(one.search, one.browser)).toMatchObject({ kind: 'signed_in' });
  expect(await come(one.search, one.browser)).toMatchObject(refused('round_over'));
  await setClock(house.services.db, ROUND_SECONDS + 1);
  expect(await come(other.search, other.browser)).toMatchObject(refused('round_over'));
  await setClock(house.services.db, 0);
  const late = await leave(owner());
  await save(owner(), provider);
  expect(await come(late.search, late.browser)).toMatchObject(refused('round_over'));
});

test('an e-mail joins an account once, where it is verified and of the merchant’s domain; no merchant’s provider signs in another’s people', async () => {
  await save(owner(), provider, { createsPeople: false });
  const viewer = person('viewer', ['cf-viewers']);
  for (const wrong of [
    { email_verified: false },
    { email_verified: undefined },
    { email_verified: 'true' },
    { email: undefined },
  ])
    expect(await comeBack(owner(), provider, { ...viewer, ...wrong })).toMatchObject(refused('no_email'));
  expect(await comeBack(owner(), provider, { ...viewer, email: 'viewer@evil.example' })).toMatchObject(
    refused('no_email'),
  );
  expect(await comeBack(owner(), provider, viewer)).toMatchObject({ kind: 'signed_in' });
  expect(await comeBack(owner(), provider, { ...viewer, sub: 'another' })).toMatchObject(
    refused('no_account'),
  );
  expect(await comeBack(owner(), provider, person('nobody'))).toMatchObject(refused('no_account'));
  await sql()`update users set disabled_at = now() where email = 'viewer@juniper.example'`;
  expect(await comeBack(owner(), provider, viewer)).toMatchObject(refused('no_account'));
  await sql()`update users set disabled_at = null where email = 'viewer@juniper.example'`;

  await expect(save(house.stranger, provider)).rejects.toThrow('is of another merchant');
  await save(house.stranger, provider, { domains: ['cedar.example'] });
  expect(await comeBack(house.stranger, provider, viewer, 'cedar.example')).toMatchObject(
    refused('no_email'),
  );
  await sql()`insert into users (merchant_id, id, email, name, role)
    values (${house.merchantId}, gen_random_uuid(), 'guest@cedar.example', 'Guest', 'admin')`;
  const guest = { ...person('guest'), email: 'guest@cedar.example' };
  expect(await comeBack(house.stranger, provider, guest, 'cedar.example')).toMatchObject(
    refused('no_account'),
  );
});

test('who is only invited joins at their first sign-in, with no account made; an invitation at another merchant holds nobody’s address', async () => {
  await save(owner(), provider, { createsPeople: false });
  await sql()`insert into users (merchant_id, id, email, name, role, joined_at) values
    (${house.merchantId}, gen_random_uuid(), 'ivy@juniper.example', 'Ivy', 'viewer', null),
    (${house.stranger.merchantId}, gen_random_uuid(), 'ivy@juniper.example', 'Ivy', 'owner', null)`;
  const before = await sessions();
  expect(await comeBack(owner(), provider, person('ivy'))).toMatchObject({ kind: 'signed_in' });
  expect(await sessions()).toBe(before + 1);
  const [ivy] =
    await sql()`select role, joined_at is not null as joined, (select factor from sessions where user_id = u.id)
    from users u where email = 'ivy@juniper.example' and merchant_id = ${house.merchantId}`;
  expect(ivy).toEqual({ role: 'agent', joined: true, factor: 'single_sign_on' });
});

test('who is in no group with a role is refused, or has the default role where one is set; Entra’s word for a verified address counts', async () => {
  await save(owner(), provider);
  for (const groups of [[], ['others'], null, 7, { 'cf-agents': true }])
    expect(await comeBack(owner(), provider, person('cleo', groups))).toMatchObject(refused('no_role'));
  await save(owner(), provider, { defaultRole: 'viewer', roleClaim: 'realm_access.roles' });
  const nested = { realm_access: { roles: ['cf-agents'] }, email_verified: undefined, xms_edov: 1 };
  expect(await comeBack(owner(), provider, { ...person('cleo'), ...nested })).toMatchObject({
    kind: 'signed_in',
  });
  expect(await user('cleo@juniper.example')).toMatchObject({ role: 'agent' });
  expect(await comeBack(owner(), provider, person('dora'))).toMatchObject({ kind: 'signed_in' });
  expect(await user('dora@juniper.example')).toMatchObject({ role: 'viewer' });
  await save(owner(), provider, { needsSecondFactor: true });
  expect(await comeBack(owner(), provider, person('cleo'))).toMatchObject(refused('no_second_factor'));
  const mfa = { ...person('cleo'), amr: ['pwd', 'mfa'] };
  expect(await comeBack(owner(), provider, mfa)).toMatchObject({ kind: 'signed_in' });
});

test('where passwords are switched off, the right one of an agent is refused and an owner keeps theirs; the last such owner stays one whatever the provider says', async () => {
  const password = 'glass otter under nine stairs';
  await sql()`update users set password_hash = ${await hashPassword(password)} where merchant_id = ${house.merchantId}`;
  await save(owner(), provider, { passwordAllowed: false });
  const withPassword = (email: string) => signIn(house.services, { ...FROM, email, password });
  expect(await withPassword('agent@juniper.example')).toMatchObject({ error: { code: 'forbidden' } });
  expect(await withPassword('owner@juniper.example')).toMatchObject({ ok: true });
  expect(await comeBack(owner(), provider, person('owner'))).toMatchObject({ kind: 'signed_in' });
  expect(await user('owner@juniper.example')).toMatchObject({ role: 'owner' });
});

test('a step-up at the provider counts when it has just asked the same person anew', async () => {
  await save(owner(), provider);
  const signedIn = await comeBack(owner(), provider, person('finn'));
  if (signedIn.kind !== 'signed_in') throw new Error(signedIn.kind);
  const live = async () => {
    const session = await liveSession(house.services, signedIn.session, false);
    if (!session) throw new Error('no session');
    return session;
  };
  await sql()`update sessions set verified_at = now() - interval '1 hour' where user_id = (select id from users where email = 'finn@juniper.example')`;
  const session = await live();
  expect(await proofWays(house.services, session)).toEqual({
    ...{ password: false, code: false, passkey: false, provider: true },
  });
  const stepUp = async (claims: object) => {
    const begun = await beginStepUp(house.services, session, null);
    if (!begun.ok) throw new Error(begun.reason);
    const { query, search, browser, nonce } = sent(begun.value);
    expect([query.get('prompt'), query.get('max_age')]).toEqual(['login', '0']);
    provider.claims = { nonce, ...claims };
    return finishRound(house.services, { search, browser, from: FROM });
  };
  const now = Math.floor(Date.now() / 1000);
  expect(await stepUp(person('finn'))).toMatchObject(refused('not_fresh'));
  expect(await stepUp({ ...person('finn'), auth_time: now - 90 })).toMatchObject(refused('not_fresh'));
  expect(await stepUp({ ...person('bea'), auth_time: now })).toMatchObject(refused('other_person'));
  expect((await live()).verified).toBe(false);
  expect(await stepUp({ ...person('finn'), auth_time: now })).toEqual({ kind: 'stepped_up' });
  expect((await live()).verified).toBe(true);
});

test('a try shows what was said and which role it gives, and signs in and makes nobody; only its owner’s session sees it', async () => {
  await save(owner(), provider, { enabled: false });
  const [row] = await sql()`select id from users where email = 'owner@juniper.example'`;
  expect(row).toBeDefined();
  const signedIn = await signIn(house.services, {
    ...FROM,
    email: 'owner@juniper.example',
    password: 'glass otter under nine stairs',
  });
  if (!signedIn.ok || !('session' in signedIn.value)) throw new Error('not signed in');
  const { session } = signedIn.value;
  const before = await sessions();
  const begun = await beginTry(owner(), session, null);
  if (!begun.ok) throw new Error(begun.error.message);
  const { search, browser, nonce } = sent(begun.value);
  provider.claims = { nonce, ...person('gil') };
  expect(await finishRound(house.services, { search, browser, from: FROM })).toEqual({ kind: 'tried' });
  expect(await readTried(owner(), session)).toMatchObject({
    value: { reason: null, role: 'agent', isNew: true, claims: { sub: 'sub-gil', groups: ['cf-agents'] } },
  });
  expect(await readTried(house.stranger, session)).toEqual({ ok: true, value: null });
  expect(await readTried(house.as('admin'), session)).toMatchObject({ error: { code: 'forbidden' } });
  expect([await sessions(), await user('gil@juniper.example')]).toEqual([before, undefined]);
});
