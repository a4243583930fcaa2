import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidFromId } from '@/core/ids';
import { newId } from '../ids';
import { createPaymentSession, readPaymentSession, submitSession } from '.';
import { begin, type CallHouse, callHouse, codeOf, unwrap } from './testing';

let house: CallHouse;
beforeAll(async () => {
  house = await callHouse();
});
afterAll(() => house.close());

const wish = (more: object = {}) => ({
  kind: 'digital',
  amountMinor: 1240,
  currency: 'GBP',
  customer: { phone: '+447700900123' },
  ...more,
});
const create = (who: Parameters<CallHouse['desk']>[0], more: object = {}) =>
  createPaymentSession(house.desk(who), wish(more));
const keypad = (more: object = {}) => ({ kind: 'agent_assist', agent: 'line_of_nobody', ...more });
const messagesOf = async (link: string) =>
  (
    await house.database.sql`select channel, recipient from messages
      where payment_link_id = ${uuidFromId('paymentLink', link)}`
  ).map(({ channel, recipient }) => `${channel} ${recipient}`);
const sessions = async () =>
  Number((await house.database.sql`select count(*) from payment_sessions`)[0]?.count);
const set = (column: string, value: boolean, table = 'payment_profiles') =>
  house.database.sql`update ${house.database.sql(table)} set ${house.database.sql(column)} = ${value}`;
async function without(column: string, table: string, work: () => Promise<void>) {
  await set(column, false, table);
  await work().finally(() => set(column, true, table));
}

describe('a payment session is begun', () => {
  test('by link: it is sent to the phone, or where there is none by e-mail, or as is asked', async () => {
    const one = unwrap(await create('agent'));
    expect(one).toMatchObject({ kind: 'digital', state: 'created', call: null, recording: null });
    expect(one.agent.name).toBe('Test agent');
    expect(await messagesOf(one.paymentLink)).toEqual(['sms +447700900123']);
    const email = { customer: { email: 'ada@example.com' } };
    expect(await messagesOf(unwrap(await create('agent', email)).paymentLink)).toEqual([
      'email ada@example.com',
    ]);
    const both = { customer: { phone: '+447700900123', ...email.customer }, send: [{ channel: 'email' }] };
    expect(await messagesOf(unwrap(await create('agent', both)).paymentLink)).toEqual([
      'email ada@example.com',
    ]);
    const nowhere = await create('agent', { customer: {} });
    expect(nowhere).toMatchObject({ error: { code: 'invalid', errors: [{ path: 'customer.phone' }] } });
  });

  test('by keypad: the call that the agent is on is found, and nothing is sent', async () => {
    const call = house.phone.call([], 'agent@juniper.example');
    const one = unwrap(await create('agent', { kind: 'agent_assist' }));
    call.isOver = true;
    expect(one).toMatchObject({ state: 'created', recording: 'recording', secured: null });
    expect(one.call).toEqual({ id: call.id, leg: `leg_${call.id}`, direction: 'inbound' });
    expect(await messagesOf(one.paymentLink)).toEqual([]);
    const jobs = await house.database
      .sql`select key from graphile_worker.jobs where key = ${`session:${one.id}`}`;
    expect(jobs).toHaveLength(1);
    expect(await house.eventsOf(one.id)).toEqual(['created']);
  });

  test('without a call where its maker says so: then it waits, and nothing is asked of telephony', async () => {
    const ctx = house.desk('api');
    const raw = wish(keypad());
    const one = unwrap(await createPaymentSession(ctx, raw, { withoutCall: true }));
    expect(await house.drive(one.id)).toEqual({ state: 'created', step: 'none' });
    await house.pass(one.id, 800);
    expect(await house.drive(one.id)).toMatchObject({ state: 'created' });
    await house.pass(one.id, 200);
    expect(await house.drive(one.id)).toEqual({ state: 'timed_out', step: 'none' });
    expect((await house.read(one.id)).reason).toBe('without_call');
  });

  test('a machine names its agent: a name of another system is kept, who is switched off is refused', async () => {
    expect(await create('api')).toMatchObject({ error: { code: 'invalid', errors: [{ path: 'agent' }] } });
    const one = unwrap(await create('api', { agent: 'desk 7' }));
    expect(one.agent).toEqual({ id: 'desk 7', name: 'desk 7' });
    expect(unwrap(await create('api', { agent: 'agent@juniper.example' })).agent.name).toBe('Test agent');
    expect(codeOf(await create('api', { agent: 'viewer@juniper.example' }))).toBe('forbidden');
    await without('button_enabled', 'users', async () => {
      expect(codeOf(await create('api', { agent: 'agent@juniper.example' }))).toBe('forbidden');
      expect(codeOf(await create('agent'))).toBe('forbidden');
    });
  });
});

describe('nothing is begun, and no link is left behind,', () => {
  const refused = async (made: Promise<Parameters<typeof codeOf>[0]>, code: string) => {
    const links = await house.database.sql`select count(*) from payment_links`;
    const before = await sessions();
    expect(codeOf(await made)).toBe(code);
    expect(await sessions()).toBe(before);
    expect(await house.database.sql`select count(*) from payment_links`).toEqual(links);
  };

  test('by who may not', async () => {
    await refused(create('viewer'), 'forbidden');
    await refused(create('payer'), 'forbidden');
    const scoped = { ...house.desk('api'), ...house.as('api', ['payment_links:create']) };
    await refused(createPaymentSession(scoped, wish({ agent: 'desk 7' })), 'forbidden');
    const letIn = {
      kind: 'agent',
      id: 'desk 7',
      name: 'Desk 7',
      line: 'desk 7',
      session: newId('paymentSession'),
    } as const;
    await refused(createPaymentSession({ ...house.desk('system'), actor: letIn }, wish()), 'forbidden');
  });

  test('where there is no call, or telephony does not say', async () => {
    await refused(create('api', keypad()), 'no_active_call');
    await refused(create('api', keypad({ call: { id: 'no_such_call' } })), 'no_active_call');
    const over = house.phone.call([]);
    over.isOver = true;
    await refused(create('api', keypad({ call: { id: over.id } })), 'no_active_call');
    const down = house.phone.call([]);
    down.trouble.set('all', 'down');
    await refused(create('api', keypad({ call: { id: down.id } })), 'telephony_unavailable');
    await refused(create('api', keypad({ agent: down.agent })), 'telephony_unavailable');
    down.isOver = true;
  });

  test('where no telephony is connected', async () => {
    const stranger = { ...house.stranger, keypad: house.card.line };
    await house.database.sql`update payment_profiles set moto = true`;
    await refused(createPaymentSession(stranger, wish({ kind: 'agent_assist' })), 'no_active_call');
  });

  test('where the profile takes no telephone orders, or the button is switched off', async () => {
    const call = house.phone.call([]);
    const asked = keypad({ call: { id: call.id } });
    await without('moto', 'payment_profiles', () => refused(create('api', asked), 'moto_not_enabled'));
    for (const table of ['payment_profiles', 'merchants'])
      await without('button_enabled', table, async () => {
        await refused(create('agent'), 'forbidden');
        // A machine does not press it.
        expect(codeOf(await create('api', { agent: 'desk 7' }))).toBe('ok');
      });
  });

  test('where a link is to be sent though the card is keyed, and where a card number stands in a text', async () => {
    const call = house.phone.call([]);
    const asked = keypad({ call: { id: call.id } });
    await refused(create('api', { ...asked, send: [{ channel: 'sms' }] }), 'invalid');
    await refused(create('agent', { description: 'card 4242 4242 4242 4242' }), 'card_number_refused');
  });
});

test('a session is another merchant’s secret, and an agent who was let in for one sees no other', async () => {
  const { id } = await begin(house);
  expect(unwrap(await readPaymentSession(house.as('viewer'), id)).id).toBe(id);
  expect(codeOf(await readPaymentSession(house.stranger, id))).toBe('not_found');
  expect(codeOf(await submitSession(house.stranger, id))).toBe('not_found');
  expect(codeOf(await readPaymentSession(house.as('owner'), `psess_${randomUUID()}`))).toBe('not_found');
  const agent = { kind: 'agent', id: 'desk 7', name: 'Desk 7', line: 'desk 7' } as const;
  const letIn = (session: string) => ({ ...house.desk('system'), actor: { ...agent, session } });
  expect(codeOf(await readPaymentSession(letIn(id), id))).toBe('ok');
  expect(codeOf(await readPaymentSession(letIn(newId('paymentSession')), id))).toBe('not_found');
  expect(codeOf(await submitSession(letIn(newId('paymentSession')), id))).toBe('not_found');
});
