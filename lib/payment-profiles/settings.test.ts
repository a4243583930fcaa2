import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../testing';
import { changeProfileButton, changeProfileMoto, listProfileSettings } from '.';

let house: TestHouse;
let profile: string;
beforeAll(async () => {
  house = await testHouse();
  const listed = await listProfileSettings(house.as('owner'));
  profile = (listed.ok && listed.value[0]?.id) || '';
});
afterAll(() => house.close());

const unverified = () => {
  const ctx = house.as('owner');
  if (ctx.actor.kind === 'user') ctx.actor.verified = false;
  return ctx;
};

test('telephone orders are an owner’s word, freshly proved; no admin, agent, machine or other merchant has it', async () => {
  for (const who of ['admin', 'agent', 'viewer', 'api'] as const)
    expect(await changeProfileMoto(house.as(who), { profile, moto: true })).toMatchObject({
      error: { code: 'forbidden' },
    });
  expect(await changeProfileMoto(unverified(), { profile, moto: true })).toMatchObject({
    error: { code: 'step_up_required' },
  });
  expect(await changeProfileMoto(house.stranger, { profile, moto: true })).toMatchObject({
    error: { code: 'not_found' },
  });
  expect(await changeProfileMoto(house.as('owner'), { profile, moto: true })).toMatchObject({
    value: { moto: true },
  });
  const rows = await house.database
    .sql`select data from audit_entries where action = 'payment_profile.update'`;
  expect(rows.map(({ data }) => data)).toEqual([{ moto: { from: false, to: true } }]);
});

test('an admin says whether agents are offered a profile; an agent does not', async () => {
  expect(await changeProfileButton(house.as('agent'), { profile, buttonEnabled: false })).toMatchObject({
    error: { code: 'forbidden' },
  });
  expect(await changeProfileButton(house.as('admin'), { profile, buttonEnabled: false })).toMatchObject({
    value: { buttonEnabled: false },
  });
});
