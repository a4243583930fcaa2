import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { uuidFromId } from '@/core/ids';
import { setClock } from '@/db/testing';
import { Questions } from '../challenges/testing';
import { sendMessage } from '../messages';
import { changeReminders, listProfileSettings } from '../payment-profiles';
import { remind } from '../sweep';
import { type TestHouse, testHouse } from '../testing';
import { cancelPaymentLink, reissuePaymentLink } from './index';
import { DAY, DECLINED, LinkTales, paidBy } from './testing';

let house: TestHouse;
const tales = new LinkTales(() => house);
const { delivered, historyOf } = new Questions(() => house);
beforeEach(async () => {
  house = await testHouse();
});
afterEach(() => house.close());

const HOUR = 3600;
const clock = (seconds: number) => setClock(house.services.db, seconds);
const sweep = () => remind(house.services, 'req_test', 5_000);
const sent = { send: { channel: 'sms' } };

async function rules(afterIssue: number[], beforeExpiry: number[] = [], quietHours: string | null = null) {
  const listed = await listProfileSettings(house.as('owner'));
  const profile = listed.ok && listed.value[0]?.id;
  const set = { profile, reminders: { afterIssue, beforeExpiry }, quietHours };
  expect(await changeReminders(house.as('admin'), set)).toMatchObject({ ok: true });
}

/** The reminders of a link that are queued, and why others were left out. */
async function remindersOf(id: string): Promise<{ queued: number; skipped: string[] }> {
  const { sql } = house.database;
  const [row] = await sql`select count(*)::int as n from messages where template = 'reminder'
    and payment_link_id = ${uuidFromId('paymentLink', id)}`;
  const events = await sql`select detail from events where type = 'reminder.skipped'
    and payment_link_id = ${uuidFromId('paymentLink', id)} order by sequence`;
  return { queued: row?.n, skipped: events.map(({ detail }) => detail) };
}

/** Quiet hours in UTC, from and to so many seconds from now. */
const quietFrom = (from: number, to: number) =>
  [from, to].map((s) => new Date(Date.now() + s * 1000).toISOString().slice(11, 16)).join('-');

describe('reminders', () => {
  test('each is sent once, after the issue and before the end, however many workers look at once', async () => {
    await rules([60], [120]);
    const link = await tales.issued(sent);
    for (const [at, queued] of [
      [0, 0],
      [HOUR - 60, 0],
      [HOUR + 5, 1],
      [2 * HOUR, 1],
      [3 * DAY - 2 * HOUR + 5, 2],
      [3 * DAY - 60, 2],
    ] as const) {
      await clock(at);
      await Promise.all([sweep(), sweep()]);
      expect([at, await remindersOf(link.id)]).toEqual([at, { queued, skipped: [] }]);
    }
  });

  test('none of a link that is paid, canceled, over, or was never sent', async () => {
    await rules([60]);
    const [paid, canceled, over] = [
      await tales.issued(sent),
      await tales.issued(sent),
      await tales.issued({ ...sent, expiresInSeconds: HOUR }),
    ];
    const unsent = await tales.issued();
    await tales.pay(paid.id);
    await cancelPaymentLink(house.as('owner'), canceled.id);
    await clock(HOUR + 5);
    await sweep();
    for (const { id } of [paid, canceled, over])
      expect(await remindersOf(id)).toEqual({ queued: 0, skipped: [] });
    expect(await remindersOf(unsent.id)).toEqual({
      queued: 0,
      skipped: ['the link was not sent by a message'],
    });
  });

  test('nobody is reminded while paying; after a decline they are', async () => {
    await rules([60]);
    const link = await tales.issued(sent);
    await clock(HOUR - 5);
    const ticket = await tales.started(link.id);
    await clock(HOUR + 5);
    await sweep();
    await tales.submit(ticket);
    await sweep();
    expect(await remindersOf(link.id)).toEqual({ queued: 0, skipped: [] });
    await tales.answer(ticket, DECLINED);
    await sweep();
    expect(await remindersOf(link.id)).toEqual({ queued: 1, skipped: [] });
  });

  test('of several that are due the nearest is sent, one of long ago is not, and a reissue begins anew', async () => {
    await rules([60, 120]);
    const link = await tales.issued(sent);
    await clock(2 * HOUR + 5);
    await sweep();
    expect(await remindersOf(link.id)).toEqual({ queued: 1, skipped: ['a later one is due as well'] });
    await reissuePaymentLink(house.as('agent'), link.id, {});
    await clock(2 * DAY);
    await sweep();
    const { queued, skipped } = await remindersOf(link.id);
    expect([queued, skipped.slice(1)]).toEqual([
      1,
      ['a later one is due as well', 'its time was too long ago'],
    ]);
  });
});

describe('quiet hours', () => {
  test('a reminder that is due in them is sent once at their end', async () => {
    await rules([60], [], quietFrom(HOUR / 2, 3 * HOUR));
    const link = await tales.issued({ ...sent, customer: { phone: '+44 7700 900123', timeZone: 'UTC' } });
    for (const [at, queued] of [
      [HOUR + 5, 0],
      [3 * HOUR - 120, 0],
      [3 * HOUR + 5, 1],
      [4 * HOUR, 1],
    ] as const) {
      await clock(at);
      await Promise.all([sweep(), sweep()]);
      expect([at, await remindersOf(link.id)]).toEqual([at, { queued, skipped: [] }]);
    }
  });

  test('one that would only be sent after the end of its link is left out, and said to be', async () => {
    await rules([60], [], quietFrom(HOUR / 2, 3 * HOUR));
    const customer = { phone: '+44 7700 900123', timeZone: 'UTC' };
    const link = await tales.issued({ ...sent, customer, expiresInSeconds: 2 * HOUR });
    await clock(HOUR + 5);
    await sweep();
    await sweep();
    expect(await remindersOf(link.id)).toEqual({
      queued: 0,
      skipped: ['quiet hours last until the link ends'],
    });
  });

  test('what is paid between due and sent is not reminded of', async () => {
    await rules([60], [], quietFrom(HOUR / 2, 3 * HOUR));
    const link = await tales.issued({ ...sent, customer: { phone: '+44 7700 900123', timeZone: 'UTC' } });
    await clock(HOUR + 5);
    await sweep();
    await tales.pay(link.id);
    await clock(3 * HOUR + 5);
    await sweep();
    expect(await remindersOf(link.id)).toEqual({ queued: 0, skipped: [] });
  });
});

describe('a reminder that is queued', () => {
  const queued = async () => {
    await rules([60]);
    const link = await tales.issued(sent);
    await delivered(link.id);
    await clock(HOUR + 5);
    await sweep();
    return link.id;
  };
  const told = async (id: string) => (await tales.typesOf(id)).filter((type) => type.startsWith('reminder.'));

  test('says that it is one, and is told when a provider took it', async () => {
    const id = await queued();
    expect(await told(id)).toEqual([]);
    const [sms] = await delivered(id);
    expect(sms).toMatchObject({ text: expect.stringContaining('reminds you') });
    expect(await told(id)).toEqual(['reminder.sent']);
  });

  test.each([
    ['paid', (id: string) => tales.pay(id), 'the link is paid'],
    ['canceled', (id: string) => cancelPaymentLink(house.as('owner'), id), 'the link is canceled'],
    [
      'issued anew',
      (id: string) => reissuePaymentLink(house.as('agent'), id, {}),
      'the link was issued anew',
    ],
  ])('is held back of a link that was %s meanwhile', async (_what, act, reason) => {
    const id = await queued();
    await act(id);
    await delivered(id);
    const reminder = (await historyOf(id)).messages.find(({ template }) => template === 'reminder');
    expect(reminder).toMatchObject({ state: 'suppressed', reason });
    expect(await told(id)).toEqual(['reminder.skipped']);
  });

  test('held back while somebody pays, it goes after a decline, once, and not after its time', async () => {
    const id = await queued();
    const ticket = await tales.submitted(id);
    expect(await delivered(id)).toEqual([]);
    await sweep();
    expect(await delivered(id)).toEqual([]);
    await tales.answer(ticket, DECLINED);
    await sweep();
    await sweep();
    expect(await delivered(id)).toHaveLength(1);
    await sweep();
    expect(await delivered(id)).toEqual([]);
    expect(await told(id)).toEqual(['reminder.sent']);
  });

  test('held back while somebody pays, it is left out once its time is long ago, and none follows a payment', async () => {
    const [late, paid] = [await queued(), await queued()];
    for (const id of [late, paid]) {
      const ticket = await tales.submitted(id);
      await delivered(id);
      await tales.answer(ticket, id === paid ? paidBy(ticket.attempt) : DECLINED);
    }
    await clock(14 * HOUR);
    await sweep();
    const sent = [...(await delivered(late)), ...(await delivered(paid))];
    expect(sent.filter(({ text }) => !text.includes('Receipt number'))).toEqual([]);
    expect(await told(late)).toEqual(['reminder.skipped']);
    expect(await told(paid)).toEqual([]);
  });

  test('what went by one channel before the payment began is not sent again by it', async () => {
    await rules([60]);
    const link = await tales.issued({ send: [{ channel: 'sms' }, { channel: 'email' }] });
    await delivered(link.id);
    await clock(HOUR + 5);
    await sweep();
    const [sms, mail] = (await historyOf(link.id)).messages.filter(({ state }) => state === 'queued');
    const send = { send: async () => ({ kind: 'accepted' }) as const };
    const providers = { sms: send, mail: send };
    await sendMessage(house.as('system'), sms?.id ?? '', providers, false);
    const ticket = await tales.submitted(link.id);
    await sendMessage(house.as('system'), mail?.id ?? '', providers, false);
    await tales.answer(ticket, DECLINED);
    await sweep();
    expect(await delivered(link.id)).toEqual([]);
    expect(await told(link.id)).toEqual(['reminder.sent', 'reminder.skipped']);
  });
});
