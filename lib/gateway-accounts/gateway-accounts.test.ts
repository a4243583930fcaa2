import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Ctx } from '../context';
import { changeProfileBasics, listPaymentProfiles, makeDefaultProfile } from '../payment-profiles';
import { type TestHouse, testHouse } from '../testing';
import {
  addGatewayAccount,
  createPaymentProfile,
  listGatewayProfiles,
  replaceGatewayKey,
  setNotificationSecret,
  switchGatewayAccount,
  testGatewayAccount,
} from '.';

let house: TestHouse;
let owner: Ctx;
beforeEach(async () => {
  house = await testHouse({ sandboxUrl: 'http://127.0.0.1:2' });
  owner = house.as('owner');
});
afterEach(() => house.close());

const ACCOUNT = { gateway: 'sandbox', url: 'http://127.0.0.1:2/gateway/', apiKey: 'first-key-1' };
const profiles = async (ctx = owner) => {
  const listed = await listGatewayProfiles(ctx);
  if (!listed.ok) throw new Error(listed.error.message);
  return listed.value.profiles;
};
const forbidden = { error: { code: 'forbidden' } };

test('a new account takes new payments, the one before can take them again, and no answer holds a key', async () => {
  const [before] = await profiles();
  const made = await addGatewayAccount(owner, { ...ACCOUNT, profile: before?.id });
  expect(made).toMatchObject({ ok: true });
  const [now] = await profiles();
  expect(now?.accounts.map(({ isCurrent }) => isCurrent)).toEqual([true, false]);
  expect(now?.accounts[0]).toMatchObject({ url: 'http://127.0.0.1:2/gateway', keySetBy: 'Test owner' });
  expect(JSON.stringify(now)).not.toMatch(/first-key|gatewaySecret/);
  const first = before?.accounts[0]?.id ?? '';
  expect(await switchGatewayAccount(owner, first)).toMatchObject({ ok: true });
  expect((await profiles())[0]?.accounts[0]?.id).toBe(first);
  expect(await replaceGatewayKey(owner, { account: first, apiKey: 'second-key-2' })).toMatchObject({
    ok: true,
  });
  const noted = JSON.stringify(await house.database.sql`select action, data from audit_entries`);
  expect(noted).toContain('gateway_account.replace_key');
  expect(noted).not.toMatch(/(first|second)-key/);
});

test('accounts are an owner’s, freshly proved, at their own merchant, and never the sandbox in production', async () => {
  const [profile] = await profiles();
  const input = { ...ACCOUNT, profile: profile?.id };
  const id = profile?.accounts[0]?.id ?? '';
  expect(await addGatewayAccount(house.as('admin'), input)).toMatchObject(forbidden);
  expect(await listGatewayProfiles(house.as('viewer'))).toMatchObject(forbidden);
  const stale = { ...owner, actor: { ...owner.actor, verified: false } } as Ctx;
  for (const act of [addGatewayAccount(stale, input), switchGatewayAccount(stale, id)])
    expect(await act).toMatchObject({ error: { code: 'step_up_required' } });
  expect(await switchGatewayAccount(house.stranger, id)).toMatchObject({ error: { code: 'not_found' } });
  expect(await addGatewayAccount(house.stranger, input)).toMatchObject({ error: { code: 'not_found' } });
  const live: Ctx = { ...owner, config: { ...owner.config, mode: 'production' } };
  expect(await addGatewayAccount(live, input)).toMatchObject({ error: { code: 'conflict' } });
  expect(await switchGatewayAccount(live, id)).toMatchObject({ error: { code: 'conflict' } });
  const inside = { ...input, url: 'http://169.254.169.254/latest' };
  expect(await addGatewayAccount(owner, inside)).toMatchObject({ error: { code: 'invalid' } });
});

test('two secrets verify notices while they rotate, then the old one ends; a test says in words what is wrong', async () => {
  const account = (await profiles())[0]?.accounts[0]?.id ?? '';
  const secrets = async () => (await profiles())[0]?.accounts[0]?.notificationSecrets;
  const none = { account, secret: '', keepOld: false };
  expect(await setNotificationSecret(owner, none)).toMatchObject({ ok: false });
  for (const [secret, keepOld, count] of [
    ['whsec-one-1', true, 1],
    ['whsec-two-2', true, 2],
    ['', false, 1],
  ] as const) {
    expect(await setNotificationSecret(owner, { account, secret, keepOld })).toMatchObject({ ok: true });
    expect(await secrets()).toBe(count);
  }
  const told = await testGatewayAccount(house.as('admin'), account);
  expect(told).toEqual({ ok: true, value: expect.stringContaining('Nobody answers at its address') });
  expect((await profiles())[0]?.accounts[0]?.testFault).toContain('Nobody answers');
});

test('a profile is made, renamed, made the default and switched off; the default stays on, a name is had once', async () => {
  const made = await createPaymentProfile(owner, { ...ACCOUNT, name: 'Shop', captureAtOnce: false });
  const id = made.ok ? made.value : '';
  expect(await createPaymentProfile(owner, { ...ACCOUNT, name: 'Shop', captureAtOnce: true })).toMatchObject({
    error: { code: 'conflict' },
  });
  const basics = { profile: id, name: 'Shop two', captureAtOnce: true, enabled: true };
  expect(await changeProfileBasics(house.as('admin'), basics)).toMatchObject({ value: { name: 'Shop two' } });
  expect(await changeProfileBasics(owner, { ...basics, name: 'standard' })).toMatchObject({ ok: false });
  expect(await makeDefaultProfile(owner, id)).toMatchObject({ ok: true });
  expect(await changeProfileBasics(owner, { ...basics, enabled: false })).toMatchObject({ ok: false });
  const other = (await profiles()).find(({ name }) => name === 'standard')?.id ?? '';
  await makeDefaultProfile(owner, other);
  expect(await changeProfileBasics(owner, { ...basics, enabled: false })).toMatchObject({ ok: true });
  expect(await makeDefaultProfile(owner, id)).toMatchObject({ error: { code: 'conflict' } });
  expect(await listPaymentProfiles(owner)).toMatchObject({ value: [{ id: other }] });
  expect(await makeDefaultProfile(house.as('agent'), other)).toMatchObject(forbidden);
});
