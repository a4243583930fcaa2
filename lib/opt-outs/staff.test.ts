import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { smsSender } from '../messaging/templates/sms';
import { readLinkHistory } from '../payment-links';
import { LinkTales } from '../payment-links/testing';
import { type TestHouse, testHouse } from '../testing';
import { liftNotedOptOut, noteOptOut, receiveSms } from '.';

let house: TestHouse;
const tales = new LinkTales(() => house);
let paymentLink: string;
beforeEach(async () => {
  house = await testHouse();
  paymentLink = (await tales.issued()).id;
});
afterEach(() => house.close());

const sms = () => ({ paymentLink, channel: 'sms' });
const says = (text: 'STOP' | 'START', at: string) =>
  receiveSms(house.services, 'req_test', {
    from: '+447700900123',
    to: smsSender('Juniper Outfitters'),
    text,
    at,
  });
async function contact(as: 'admin' | 'agent' | 'viewer' = 'admin') {
  const found = await readLinkHistory(house.as(as), paymentLink);
  return found.ok && found.value.reminders.contacts.find(({ channel }) => channel === 'sms');
}

test('an agent notes what a caller says, an admin lifts it, and both are in the audit trail', async () => {
  expect(await contact('agent')).toMatchObject({ optOut: null, mayNote: true, mayLift: false });
  expect(await noteOptOut(house.as('agent'), sms())).toEqual({ ok: true, value: true });
  expect(await contact('agent')).toMatchObject({
    optOut: { how: 'staff', by: 'Test agent' },
    mayNote: false,
    mayLift: false,
  });
  expect(await liftNotedOptOut(house.as('agent'), sms())).toMatchObject({ error: { code: 'forbidden' } });
  expect(await contact()).toMatchObject({ mayLift: true });
  expect(await liftNotedOptOut(house.as('admin'), sms())).toEqual({ ok: true, value: true });
  expect(await contact()).toMatchObject({ optOut: null });
  const rows = await house.services.db.execute<{ action: string; actor_id: string }>(
    sql`select action, actor_kind, actor_id from audit_entries where action like 'opt_out.%' order by id`,
  );
  expect(rows).toMatchObject([
    { action: 'opt_out.create', actor_kind: 'user' },
    { action: 'opt_out.lift', actor_kind: 'user' },
  ]);
  expect(rows[0]?.actor_id).not.toBe(rows[1]?.actor_id);
});

test('what a person said no member of staff lifts, nor turns into their own note', async () => {
  await noteOptOut(house.as('agent'), sms());
  await says('STOP', '2031-01-01T12:00:00Z');
  await noteOptOut(house.as('owner'), sms());
  expect(await contact()).toMatchObject({ optOut: { how: 'sms_stop', by: null }, mayLift: false });
  expect(await liftNotedOptOut(house.as('owner'), sms())).toMatchObject({ error: { code: 'conflict' } });
  expect(await contact()).toMatchObject({ optOut: { how: 'sms_stop' } });
  await says('START', '2031-01-01T12:01:00Z');
  expect(await contact()).toMatchObject({ optOut: null });
});

test('it is noted of this merchant’s links, by who may send them, and where there is an address', async () => {
  for (const ctx of [house.as('viewer'), house.as('api', ['payment_links:read'])])
    expect(await noteOptOut(ctx, sms())).toMatchObject({ error: { code: 'forbidden' } });
  expect(await noteOptOut(house.stranger, sms())).toMatchObject({ error: { code: 'not_found' } });
  expect(await liftNotedOptOut(house.stranger, sms())).toMatchObject({ error: { code: 'not_found' } });
  paymentLink = (await tales.issued({ customer: {} })).id;
  expect(await noteOptOut(house.as('agent'), sms())).toMatchObject({ error: { code: 'invalid' } });
});
