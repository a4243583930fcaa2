import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertProfile } from '@/db/queries/installation';
import { listAllProfiles } from '@/db/queries/merchants';
import type { Ctx } from '../context';
import { newId } from '../ids';
import { type TestHouse, testHouse } from '../testing';
import { updateWebhookEndpoint } from '../webhooks';
import { changeCompatibility, readCompatibility, saveCompatibleWebhook } from '.';

const HOOK = 'http://127.0.0.1:9/vcc';
let house: TestHouse;
let standard = '';
let other = '';
beforeAll(async () => {
  house = await testHouse();
  const { services, merchantId } = house;
  const profile = (await listAllProfiles(services.db, merchantId))[0];
  standard = profile?.id ?? '';
  other = newId('profile');
  const more = { name: 'other', gatewayAccountId: profile?.gatewayAccountId ?? '' };
  await insertProfile(services.db, { merchantId, id: other, ...more });
});
afterAll(() => house.close());

const change = (more: object, ctx: Ctx = house.as('owner')) =>
  changeCompatibility(ctx, { profile: standard, enabled: true, ...more });
const save = (more: object = {}, ctx: Ctx = house.as('owner')) =>
  saveCompatibleWebhook(ctx, {
    ...{ profile: standard, version: null, url: HOOK, credentials: { kind: 'signature' } },
    ...more,
  });
const codeOf = (outcome: { ok: boolean; error?: { code: string } }) =>
  outcome.ok ? 'ok' : outcome.error?.code;

test('a profile becomes an account configuration under the first free number, or one that is given, and keeps it', async () => {
  expect(await readCompatibility(house.as('viewer'), standard)).toMatchObject({
    value: { enabled: false, configurationId: null, webhook: null },
  });
  expect(await change({})).toMatchObject({ value: { enabled: true, configurationId: '1' } });
  expect(await change({ profile: other })).toMatchObject({ value: { configurationId: '2' } });
  expect(await change({ configurationId: '123' })).toMatchObject({ value: { configurationId: '123' } });
  expect(await change({ enabled: false })).toMatchObject({
    value: { enabled: false, configurationId: '123' },
  });
  expect(codeOf(await change({ configurationId: '2' }))).toBe('invalid');
  expect(codeOf(await change({ configurationId: 'not one' }))).toBe('invalid');
});

test('two profiles that become one at the same moment get numbers of their own', async () => {
  const { services, merchantId } = house;
  const profile = (await listAllProfiles(services.db, merchantId))[0];
  const ids = [1, 2, 3, 4].map(() => newId('profile'));
  for (const id of ids)
    await insertProfile(services.db, {
      ...{ merchantId, id, name: id },
      gatewayAccountId: profile?.gatewayAccountId ?? '',
    });
  const changed = await Promise.all(ids.map((id) => change({ profile: id })));
  const numbers = changed.map((one) => (one.ok ? one.value.configurationId : one.error.code));
  expect(new Set(numbers).size).toBe(4);
  for (const number of numbers) expect(number).toMatch(/^\d+$/);
});

test('its webhook is set up with the profile alone: a version that has moved, and an edit elsewhere, are refused', async () => {
  const saved = await save();
  expect(saved).toMatchObject({ value: { secret: expect.stringMatching(/^whsec_/) } });
  expect(codeOf(await save())).toBe('version_mismatch');
  const id = (saved.ok && saved.value.webhook?.endpoint.id) || '';
  expect(await save({ version: 1 })).toMatchObject({ value: { secret: null } });
  const edit = await updateWebhookEndpoint(house.as('owner'), id, { url: `${HOOK}/2` }, 2);
  expect(codeOf(edit)).toBe('invalid');
  const taken = { kind: 'oauth', tokenUrl: HOOK, clientId: 'a', clientSecret: 'b' };
  const attributes = { client_id: 'other' };
  expect(codeOf(await save({ version: 2, credentials: { ...taken, attributes } }))).toBe('invalid');
});

test('owners and admins set it after a fresh proof, readers see it, and no other merchant does either', async () => {
  const owner = house.as('owner');
  const stale = { ...owner, actor: { ...owner.actor, verified: false } } as Ctx;
  for (const act of [change, (_: object, ctx: Ctx) => save({}, ctx)]) {
    expect(codeOf(await act({}, house.as('agent')))).toBe('forbidden');
    expect(codeOf(await act({}, house.as('viewer')))).toBe('forbidden');
    expect(codeOf(await act({}, stale))).toBe('step_up_required');
    expect(codeOf(await act({}, house.stranger))).toBe('not_found');
  }
  expect(codeOf(await readCompatibility(house.as('agent'), standard))).toBe('forbidden');
  expect(codeOf(await readCompatibility(house.stranger, standard))).toBe('not_found');
});
