import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeProfile, findProfile, type ProfileChange } from '@/db/queries/merchants';
import { type TestHouse, testHouse } from '../testing';
import {
  changeProfileButton,
  changeProfileMoto,
  changeReminders,
  listProfileSettings,
  previewReminder,
} from '.';

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

test('an admin says when customers are reminded, and it is on record; an agent does not, and nonsense is refused', async () => {
  const set = {
    profile,
    reminders: { afterIssue: [60], beforeExpiry: [120] },
    quietHours: '21:00-08:00',
  };
  expect(await changeReminders(house.as('agent'), set)).toMatchObject({ error: { code: 'forbidden' } });
  expect(await changeReminders(house.as('admin'), { ...set, quietHours: '21-8' })).toMatchObject({
    ok: false,
  });
  for (let i = 0; i < 2; i++)
    expect(await changeReminders(house.as('admin'), set)).toMatchObject({
      value: { reminders: set.reminders, quietHours: '21:00-08:00' },
    });
  const rows = await house.database.sql`select data from audit_entries where data ? 'quietHours'`;
  expect(rows).toEqual([
    {
      data: {
        remindAfterIssue: { from: [], to: [60] },
        remindBeforeExpiry: { from: [], to: [120] },
        quietHours: { from: null, to: '21:00-08:00' },
      },
    },
  ]);
});

test('a setting is not written over one that somebody else has changed since it was read', async () => {
  const { db } = house.services;
  const read = async () => (await findProfile(db, house.merchantId, profile)) ?? expect.unreachable();
  const changes: ProfileChange[] = [
    { remindAfterIssue: [61, 5] },
    { remindBeforeExpiry: [7] },
    { quietHours: '20:00-07:00' },
    { quietHours: null },
    { newLinkRule: 'off' },
  ];
  for (const to of changes) {
    const before = await read();
    expect(await changeProfile(db, before, to)).toMatchObject(to);
    expect(await changeProfile(db, before, { moto: true }), JSON.stringify(to)).toBeUndefined();
  }
});

test('what a reminder says is shown to who may see profiles', async () => {
  expect(await previewReminder(house.as('agent'))).toMatchObject({ error: { code: 'forbidden' } });
  expect(await previewReminder(house.as('viewer'))).toMatchObject({
    value: expect.stringMatching(/^Juniper Outfitters reminds you: .*\/pay\/A+$/),
  });
});
