import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { uuidFromId } from '@/core/ids';
import { LookupTales, type MerchantSystem, merchantSystem, sendJson } from '@/lib/form-lookups/testing';
import { keyAll } from '@/lib/payment-sessions/keyed.fixture';
import { ApiHouse } from '../../_server/testing';

let api: ApiHouse;
let system: MerchantSystem;
/** What the card process was asked, each with the state in which anybody else then saw the session. */
const asked: object[] = [];
const lookups = new LookupTales(() => api.house);

beforeAll(async () => {
  system = await merchantSystem((_, response) => sendJson(response, { description: 'Two walking sticks' }));
  api = await ApiHouse.open({ sandboxUrl: system.origin });
  await lookups.ready();
  const note = async (act: string, callback: string, about: object) => {
    const [row] = await api.house.database
      .sql`select state from payment_sessions where capture_callback = ${callback}`;
    asked.push({ act, ...about, state: row?.state });
    return { kind: 'done' as const, body: {} };
  };
  api.house.services.signTicket = ({ attempt }) => `ticket of ${attempt}`;
  api.house.services.keypad = {
    open: async () => ({ kind: 'lost' }),
    field: (callback, { field }) => note('field', callback, { field }),
    submit: (callback, { ticket }) => note('submit', callback, { ticket }),
    close: (callback) => note('close', callback, {}),
  };
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(async () => {
  await api.close();
  system.close();
});

const wish = {
  kind: 'digital',
  agent: 'agent@juniper.example',
  amountMinor: 1240,
  currency: 'GBP',
  customer: { email: 'ada@example.com' },
};
const begin = async (): Promise<string> =>
  (await api.call('POST', '/payment-sessions', { body: wish })).json.id as string;
const act = async (id: string, name: string, body?: object) => {
  const { status, json } = await api.call('POST', `/payment-sessions/${id}/${name}`, body && { body });
  return status < 300 ? json.state : [status, json.code];
};

/** A session of which every field was keyed, and whose capture is still held by a card process. */
async function keyed(): Promise<string> {
  const id = await begin();
  await keyAll(api.house, id);
  const { sql } = api.house.database;
  await sql`update payment_sessions set capture_id = gen_random_uuid(), capture_callback = ${`http://127.0.0.1:9/${id}`}
    where id = ${uuidFromId('paymentSession', id)}`;
  return id;
}

test('the card process is asked behind the answer, once what was wished is committed', async () => {
  const id = await keyed();
  expect(await act(id, 'request-field', { field: 'expiry' })).toBe('capturing');
  await vi.waitFor(() => expect(asked).toEqual([{ act: 'field', field: 'expiry', state: 'capturing' }]));
  const other = await keyed();
  expect(await act(other, 'submit')).toBe('submitting');
  const { json } = await api.call('GET', `/payment-sessions/${other}`);
  const submitted = { act: 'submit', ticket: `ticket of ${json.paymentAttempt}`, state: 'submitting' };
  await vi.waitFor(() => expect(asked.slice(1)).toEqual([submitted]));
});

test('what cannot be done is told by its code, and a link is the way left', async () => {
  const keypad = { ...wish, kind: 'agent_assist' };
  const create = async (body: object) => {
    const { status, json } = await api.call('POST', '/payment-sessions', { body });
    return [status, json.code, (json.errors as { path: string }[])[0]?.path];
  };
  await api.house.database.sql`update payment_profiles set moto = false`;
  expect(await create(keypad)).toEqual([409, 'moto_not_enabled', undefined]);
  await api.house.database.sql`update payment_profiles set moto = true`;
  expect(await create(keypad)).toEqual([409, 'no_active_call', undefined]);
  expect(await create({ ...wish, agent: undefined })).toEqual([422, 'invalid', 'agent']);
  expect(await create({ ...wish, customer: {} })).toEqual([422, 'invalid', 'customer.phone']);
  expect(await create({ ...keypad, send: { channel: 'email' } })).toEqual([422, 'invalid', 'send']);
  const id = await begin();
  expect(await act(id, 'submit')).toEqual([409, 'session_not_ready']);
  expect(await act(id, 'switch', { kind: 'agent_assist' })).toEqual([409, 'no_active_call']);
  expect(await act(id, 'cancel')).toBe('canceled');
  expect(await act(id, 'cancel')).toBe('canceled');
  expect(await act(id, 'submit')).toEqual([409, 'session_ended']);
  expect(await act(id, 'switch', { kind: 'digital' })).toEqual([409, 'session_ended']);
});

test('what is left out is filled from the merchant’s own system, as for a link', async () => {
  const body = { ...wish, reference: 'INV-7', lookup: true };
  const { status, json } = await api.call('POST', '/payment-sessions', { body });
  expect(status).toBe(201);
  const link = await api.call('GET', `/payment-links/${json.paymentLink}`);
  expect(link.json.description).toBe('Two walking sticks');
  expect(system.asked).toHaveLength(1);
});

test('an event of a session carries the whole of it, as it then stood', async () => {
  const begun = await api.call('POST', '/payment-sessions', { body: wish });
  await act(begun.json.id as string, 'cancel');
  const { json } = await api.call('GET', `/payment-links/${begun.json.paymentLink}/events`);
  const told = (json.data as { type: string; data: Record<string, unknown> }[]).filter(({ type }) =>
    type.startsWith('payment_session.'),
  );
  expect(told.map(({ type, data }) => [type, data.state])).toEqual([
    ['payment_session.created', 'created'],
    ['payment_session.canceled', 'canceled'],
  ]);
  expect(told[0]?.data).toEqual(begun.json);
});
