import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { merchants } from '@/db/schema';
import { Questions } from '../challenges/testing';
import { smsSender } from '../messaging/templates/sms';
import { sendPaymentLink } from '../payment-links';
import { LinkTales } from '../payment-links/testing';
import { type TestHouse, testHouse } from '../testing';
import { receiveSms } from '.';

let house: TestHouse;
const tales = new LinkTales(() => house);
const { ask, delivered, historyOf } = new Questions(() => house);
beforeEach(async () => {
  house = await testHouse();
});
afterEach(() => house.close());

const PHONE = '+447700900123';
const SENDER = smsSender('Juniper Outfitters');
const minute = (n: number) => new Date(Date.UTC(2031, 0, 1, 12, n)).toISOString();
const says = async (text: string, at = minute(0), to = SENDER) =>
  expect(await receiveSms(house.services, 'req_test', { id: 'mo_1', from: PHONE, to, text, at })).toEqual({
    ok: true,
    value: true,
  });

/** What becomes of an SMS to the number now. */
async function fate(): Promise<string[]> {
  const link = await tales.issued({ send: { channel: 'sms' } });
  await delivered(link.id);
  return (await historyOf(link.id)).messages.map(({ state, reason }) => reason ?? state);
}
const STOPPED = ['the customer answered STOP'];
const SENT = ['sent'];

describe('STOP', () => {
  test('it stops every SMS to that number, until START', async () => {
    expect(await fate()).toEqual(SENT);
    await says('Stop!');
    expect(await fate()).toEqual(STOPPED);
    await says('ok', minute(1));
    expect(await fate()).toEqual(STOPPED);
    await says('Start', minute(2));
    expect(await fate()).toEqual(SENT);
  });

  test('it holds for what waits already, and for what staff send by hand', async () => {
    const link = await tales.issued({ send: { channel: 'sms' } });
    await says('STOP');
    expect(await delivered(link.id)).toEqual([]);
    await sendPaymentLink(house.as('agent'), link.id, { channel: 'sms' });
    expect(await delivered(link.id)).toEqual([]);
    const told = (await historyOf(link.id)).events.filter(({ type }) => type === 'message.suppressed');
    expect(told.map(({ detail }) => detail)).toEqual(Array(2).fill(`SMS to +44 …123 · ${STOPPED[0]}`));
  });

  test('no e-mail is stopped by it, and no passcode that the customer asks for', async () => {
    await says('STOP');
    const customer = { email: 'ada@example.test', phone: PHONE };
    const challenge = { kind: 'passcode' };
    const link = await tales.issued({ customer, challenge, send: { channel: 'email' } });
    expect(await delivered(link.id)).toHaveLength(1);
    await ask(link.id);
    expect(await delivered(link.id)).toMatchObject([{ to: PHONE }]);
  });

  test('what was written last holds, in whatever order and how often it comes', async () => {
    await says('STOP', minute(1));
    await says('STOP', minute(3));
    await says('START', minute(2));
    expect(await fate()).toEqual(STOPPED);
    await says('START', minute(5));
    await says('STOP', minute(3));
    await says('STOP', minute(5));
    expect(await fate()).toEqual(SENT);
  });

  test('a START that overtakes its STOP is not undone by it', async () => {
    await says('START', minute(1));
    await says('STOP', minute(0));
    expect(await fate()).toEqual(SENT);
  });

  test('it stops those who write under the name that it answers; a name of nobody, all', async () => {
    await says('STOP', minute(0), smsSender('Cedar Clinic'));
    expect(await fate()).toEqual(SENT);
    const { db } = house.services;
    await db.update(merchants).set({ name: 'Renamed' }).where(eq(merchants.id, house.merchantId));
    await says('STOP', minute(1));
    expect(await fate()).toEqual(STOPPED);
  });

  test('each change is in the audit trail, without the number', async () => {
    await says('STOP', minute(0));
    await says('STOP', minute(1));
    await says('START', minute(2));
    const rows = await house.services.db.execute<{ action: string; data: unknown }>(
      sql`select action, actor_kind, data from audit_entries where action like 'opt_out.%' order by id`,
    );
    expect(rows.map(({ action }) => action)).toEqual(['opt_out.create', 'opt_out.lift']);
    expect(rows[0]).toMatchObject({ actor_kind: 'payer', data: { channel: 'sms', how: 'sms_stop' } });
    expect(JSON.stringify(rows)).not.toContain('900123');
  });
});

test('what is not an SMS is refused and changes nothing', async () => {
  for (const body of [null, {}, { from: 'Ada', to: SENDER, text: 'STOP', at: minute(0) }])
    expect(await receiveSms(house.services, 'req_test', body)).toMatchObject({ error: { code: 'invalid' } });
  expect(await fate()).toEqual(SENT);
});
