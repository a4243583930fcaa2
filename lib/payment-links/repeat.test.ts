import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { MESSAGE_STATES, type MessageState } from '@/core/retry-schedule';
import { dbNow } from '@/db/clock';
import { moveMessage } from '@/db/queries/messages';
import { setClock } from '@/db/testing';
import type { PaymentLink } from '../contracts/payment-links';
import { type TestHouse, testHouse } from '../testing';
import { listLinkMessages, reissuePaymentLink, sendPaymentLink, updatePaymentLink } from './index';
import { LinkTales } from './testing';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());
const tales = new LinkTales(() => house);
const SMS = { channel: 'sms' };

async function reissue(id: string, input: object = {}): Promise<PaymentLink> {
  const outcome = await reissuePaymentLink(house.as('api'), id, input);
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value;
}
async function send(id: string, channel = 'sms'): Promise<string> {
  const outcome = await sendPaymentLink(house.as('api'), id, { channel });
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value.id;
}
async function messages(id: string): Promise<string[]> {
  const page = await listLinkMessages(house.as('viewer'), id);
  return page.ok ? page.value.data.map((message) => message.channel) : [];
}
/** What the provider says of a message. */
async function nowIs(state: MessageState, id: string): Promise<void> {
  const key = { merchantId: house.merchantId, id };
  const change = state === 'sent' ? { sentAt: dbNow } : {};
  const moved = await moveMessage(house.services.db, key, MESSAGE_STATES, state, change);
  if (!moved) throw new Error('no such message');
}

describe('reissue', () => {
  test('repeated within a minute it is the one before: one address, one event, one message', async () => {
    const { id, url } = await tales.issued();
    const first = await reissue(id, { send: SMS });
    await setClock(house.services.db, 55);
    expect(await reissue(id, { send: SMS })).toEqual(first);
    expect(first.url).not.toBe(url);
    expect(await tales.typesOf(id)).toEqual(['payment_link.created', 'payment_link.reissued']);
    expect(await messages(id)).toEqual(['sms']);
    await setClock(house.services.db, 61);
    expect((await reissue(id)).url).not.toBe(first.url);
  });

  test('pressed twice at once it is one', async () => {
    const { id } = await tales.issued();
    const [one, other] = await Promise.all([reissue(id, { send: SMS }), reissue(id, { send: SMS })]);
    expect(one.url).toBe(other.url);
    expect(await messages(id)).toEqual(['sms']);
  });

  test('what was not sent yet is sent, with the same address', async () => {
    const { id } = await tales.issued();
    const { url } = await reissue(id, { send: SMS });
    const again = await reissue(id, { send: [SMS, { channel: 'email' }] });
    expect(again.url).toBe(url);
    expect(await messages(id)).toEqual(['sms', 'email']);
  });

  test('a link that has an end of its own or a lock since is issued anew, and so is one that never was', async () => {
    const { id } = await tales.issued();
    const first = await reissue(id);
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    await updatePaymentLink(house.as('api'), id, { expiresAt }, first.version);
    const second = await reissue(id);
    expect(second.url).not.toBe(first.url);
    await tales.lock(id);
    await setClock(house.services.db, 50);
    const third = await reissue(id);
    expect([third.status, third.url === second.url]).toEqual(['active', false]);
  });
});

describe('send', () => {
  test('what is not sent yet, or went within a minute, is the answer; after that it goes again', async () => {
    const { id } = await tales.issued();
    const first = await send(id);
    await setClock(house.services.db, 600);
    expect(await send(id)).toBe(first);
    for (const state of ['sent', 'delivered'] as const) {
      await nowIs(state, first);
      await setClock(house.services.db, 655);
      expect(await send(id), state).toBe(first);
    }
    await setClock(house.services.db, 661);
    expect(await send(id)).not.toBe(first);
    expect(await messages(id)).toEqual(['sms', 'sms']);
  });

  test('one that failed is sent again at once, each channel is its own, and a new address goes out', async () => {
    const { id } = await tales.issued();
    const failed = await send(id);
    await nowIs('undelivered', failed);
    const second = await send(id);
    expect(second).not.toBe(failed);
    await nowIs('sent', second);
    const mail = await send(id, 'email');
    expect(mail).not.toBe(second);
    await reissue(id);
    expect(await send(id)).not.toBe(second);
    expect(await messages(id)).toEqual(['sms', 'sms', 'email', 'sms']);
  });

  test('pressed twice at once it is one message', async () => {
    const { id } = await tales.issued();
    const [one, other] = await Promise.all([send(id), send(id)]);
    expect(one).toBe(other);
    expect(await messages(id)).toEqual(['sms']);
  });
});
