import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import type { Mail, Providers, SendResult, Sms } from '../messaging/port';
import { cancelPaymentLink, createPaymentLink, readLinkHistory, sendPaymentLink } from '../payment-links';
import { type TestHouse, testHouse } from '../testing';
import { recordMessageOutcome, SendAgain, sendMessage } from '.';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

/** Providers that note what they were given and answer as told. */
function providers(answer: SendResult = { kind: 'accepted', id: 'x' }, meanwhile = async () => {}) {
  const sent: (Sms | Mail)[] = [];
  const send = async (one: Sms | Mail) => {
    sent.push(one);
    await meanwhile();
    return answer;
  };
  return { sent, both: { sms: { send }, mail: { send } } satisfies Providers };
}

async function newLink(channels: ('sms' | 'email')[] = ['sms'], more = {}, ctx = house.as('owner')) {
  const created = await createPaymentLink(ctx, {
    amountMinor: 1240,
    currency: 'GBP',
    customer: { name: 'Ada', email: 'ada@example.com', phone: '+447700900123' },
    send: channels.map((channel) => ({ channel })),
    ...more,
  });
  if (!created.ok) throw new Error(created.error.message);
  return created.value;
}

async function history(link: string) {
  const found = await readLinkHistory(house.as('owner'), link);
  if (!found.ok) throw new Error(found.error.message);
  const { messages, events } = found.value;
  return {
    messages,
    events: events.slice(1).map((event) => event.type),
    details: events.map((one) => one.detail),
    actors: events.slice(1).map((one) => one.actor),
  };
}

const send = (id: string, given: Providers, lastTry = false) =>
  sendMessage(house.as('system'), id, given, lastTry);
const report = (message: string, status: string, reason?: string) =>
  recordMessageOutcome(house.services, 'req_test', { id: 'r1', message, status, ...(reason && { reason }) });

test('what one person waits for goes before what is sent in bulk', async () => {
  const [{ id: many = '' } = {}] = (
    await history((await newLink(['sms'], {}, { ...house.as('owner'), isBulk: true })).id)
  ).messages;
  const [{ id: one = '' } = {}] = (await history((await newLink()).id)).messages;
  const rows = await house.database.sql`
    select payload->>'message' as message from graphile_worker._private_jobs
    where payload->>'message' in ${house.database.sql([many, one])} order by priority, run_at, id`;
  expect(rows.map(({ message }) => message)).toEqual([one, many]);
});

test('a link is sent once, with its first message that a provider took, and every message is told', async () => {
  const link = await newLink(['sms', 'email']);
  const { sent, both } = providers();
  const ids = (await history(link.id)).messages.map((one) => one.id);
  for (const id of ids) expect(await send(id, both)).toEqual({ ok: true, value: 'sent' });
  const after = await history(link.id);
  expect(after.events).toEqual(['message.sent', 'payment_link.sent', 'message.sent']);
  expect(after.details).toContain('SMS to +44 …123');
  expect(after.details).toContain('E-mail to a…@example.com');
  expect(sent.map((one) => one.reference)).toEqual(ids);
  for (const one of sent) expect(one.text).toContain(link.url);
  expect(await send(ids[0] ?? '', both)).toEqual({ ok: true, value: 'sent' });
  expect(sent.length).toBe(2);
});

test('a mail carries the time of the database', async () => {
  const link = await newLink(['email']);
  const { sent, both } = providers();
  await setClock(house.services.db, 3_600);
  await send((await history(link.id)).messages[0]?.id ?? '', both);
  const [mail] = sent as Mail[];
  expect(Math.abs((mail?.at.getTime() ?? 0) - Date.now() - 3_600_000)).toBeLessThan(30_000);
});

test('a link that can no longer be paid is not sent', async () => {
  const canceled = await newLink();
  const expired = await newLink(['sms'], { expiresInSeconds: 60 });
  await cancelPaymentLink(house.as('owner'), canceled.id);
  const { sent, both } = providers();
  await setClock(house.services.db, 61);
  for (const [link, reason] of [
    [canceled.id, 'the link is canceled'],
    [expired.id, 'the link is expired'],
  ] as const) {
    const [message] = (await history(link)).messages;
    expect(await send(message?.id ?? '', both)).toEqual({ ok: true, value: 'suppressed' });
    const after = await history(link);
    expect(after.messages[0]).toMatchObject({ state: 'suppressed', reason });
    expect(after.events).toContain('message.suppressed');
  }
  expect(sent).toEqual([]);
});

test('an address that is refused for good ends the message: an SMS as undelivered, a mail as bounced', async () => {
  const link = await newLink(['sms', 'email']);
  const { both } = providers({ kind: 'rejected', reason: 'no such address' });
  for (const one of (await history(link.id)).messages) await send(one.id, both);
  const after = await history(link.id);
  expect(after.messages.map((one) => [one.channel, one.state, one.reason])).toEqual([
    ['sms', 'undelivered', 'no such address'],
    ['email', 'bounced', 'no such address'],
  ]);
  expect(after.events).toEqual(['message.undelivered', 'message.bounced']);
});

test('a provider that does not decide is asked again, and given up on the last try', async () => {
  const link = await newLink();
  const id = (await history(link.id)).messages[0]?.id ?? '';
  const { sent, both } = providers({ kind: 'retry', reason: 'busy' });
  await expect(send(id, both)).rejects.toThrow(SendAgain);
  expect((await history(link.id)).messages[0]?.state).toBe('queued');
  expect(await send(id, both, true)).toEqual({ ok: true, value: 'undelivered' });
  expect((await history(link.id)).messages[0]?.reason).toBe('given up: busy');
  expect(sent.map((one) => one.reference)).toEqual([id, id]);
});

test.each(['delivered', 'undelivered', 'bounced'] as const)('a report of %s is told once', async (status) => {
  const link = await newLink();
  const id = (await history(link.id)).messages[0]?.id ?? '';
  await send(id, providers().both);
  for (const again of [status, status, 'delivered'])
    expect(await report(id, again, 'why')).toMatchObject({ ok: true });
  const after = await history(link.id);
  expect(after.messages[0]).toMatchObject({ state: status, reason: 'why' });
  expect(after.events).toEqual(['message.sent', 'payment_link.sent', `message.${status}`]);
  expect(after.actors).toEqual(['Counterfoil', 'Counterfoil', 'Messaging provider']);
});

test("a provider's reason is kept without a card number in it", async () => {
  const link = await newLink();
  const id = (await history(link.id)).messages[0]?.id ?? '';
  await send(id, providers().both);
  await report(id, 'bounced', 'no mailbox 4242 4242 4242 4242');
  const after = await history(link.id);
  expect(after.messages[0]?.reason).toBe('[dropped]');
  expect(JSON.stringify(after)).not.toContain('4242');
});

test('a report that overtakes our own note stands for it, and the story stays in order', async () => {
  const link = await newLink();
  const id = (await history(link.id)).messages[0]?.id ?? '';
  const { both } = providers({ kind: 'accepted' }, async () => {
    await report(id, 'delivered');
  });
  expect(await send(id, both)).toEqual({ ok: true, value: 'delivered' });
  expect((await history(link.id)).events).toEqual(['message.sent', 'payment_link.sent', 'message.delivered']);
});

test('reports at once about one message are told once', async () => {
  const link = await newLink();
  const id = (await history(link.id)).messages[0]?.id ?? '';
  await Promise.all([
    send(id, providers().both),
    ...Array.from({ length: 5 }, () => report(id, 'delivered')),
  ]);
  expect((await history(link.id)).events.filter((type) => type === 'message.delivered')).toHaveLength(1);
});

test('a report about a message that is not ours, or with words we do not know, changes nothing', async () => {
  expect(await report('msg_01jabcdefghjkmnpqrstvwxyz0', 'delivered')).toMatchObject({
    error: { code: 'not_found' },
  });
  expect(await report('nonsense', 'delivered')).toMatchObject({ error: { code: 'not_found' } });
  expect(await report('nonsense', 'read')).toMatchObject({ error: { code: 'invalid' } });
});

test('another merchant cannot have a message sent', async () => {
  const link = await newLink();
  const id = (await history(link.id)).messages[0]?.id ?? '';
  const { sent, both } = providers();
  expect(await sendMessage({ ...house.stranger, actor: { kind: 'system' } }, id, both, false)).toMatchObject({
    error: { code: 'not_found' },
  });
  expect(sent).toEqual([]);
});

test('a message has its job from the moment it exists', async () => {
  const link = await newLink([]);
  const message = await sendPaymentLink(house.as('owner'), link.id, { channel: 'sms' });
  const jobs = await house.services.db.execute(sql`select payload from graphile_worker._private_jobs
    where payload ->> 'message' = ${message.ok ? message.value.id : ''}`);
  expect(jobs).toHaveLength(1);
});
