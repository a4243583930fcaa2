import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CRM_CLIENT, CRM_HEADER } from './crm-routes';
import { startSandbox } from './server';
import { caller, dataOf, fresh, type Json, testEnv, testSandbox, WHSEC } from './testing';

let box: Awaited<ReturnType<typeof testSandbox>>;
beforeAll(async () => {
  box = await testSandbox();
});
afterAll(() => box.stop());

const signed = (body: Json): Record<string, string> => {
  const id = fresh('msg');
  const at = new Date();
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(WHSEC).sign(id, at, JSON.stringify(body)),
  };
};
const post = (path: string, body: Json, headers = signed(body)) => box.call('POST', path, body, headers);
const lookUp = (reference: string, path = '/crm/lookup') =>
  post(path, { reference, customerKey: null, agent: null });

/** An invoice of this test alone. */
async function invoice(): Promise<string> {
  const [key, number] = [fresh('C'), fresh('INV')];
  await box.call('POST', '/control/crm/customers', { key, name: 'Nina Favre', email: 'nina@favre.example' });
  const made = { number, customer: key, amountMinor: 1240, currency: 'GBP', description: 'Rope' };
  expect((await box.call('POST', '/control/crm/invoices', made)).status).toBe(201);
  return number;
}

test('an open invoice is answered in the words of the form, or in words of its own', async () => {
  expect((await lookUp('INV-2001')).body).toMatchObject({
    customer: { name: 'Ada Lovelace', phone: '+447700900123' },
    amountMinor: 12_400,
    currency: 'GBP',
    reference: 'INV-2001',
    fields: { customerKey: 'C-1001', invoice: 'INV-2001' },
  });
  expect((await lookUp('INV-2002', '/crm/records')).body).toMatchObject({
    record: { person: { fullName: 'Jonas Weber' }, invoice: { total: '189.50', cur: 'EUR' } },
  });
  expect((await lookUp('C-1003')).body).toMatchObject({ reference: 'INV-2003' });
  expect((await lookUp('nobody')).status).toBe(404);
});

test('a signature, a token or the header lets in; nothing else does, and it is written down', async () => {
  const number = await invoice();
  const body = { reference: number };
  const via = (headers: Record<string, string>) => post('/crm/lookup', body, headers);
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: CRM_CLIENT.id,
    client_secret: CRM_CLIENT.secret,
  });
  const token = await box.call('POST', '/crm/token', form.toString());
  form.set('client_secret', 'wrong');
  expect((await box.call('POST', '/crm/token', form.toString())).status).toBe(401);
  expect((await via({ authorization: 'Bearer wrong' })).status).toBe(401);
  expect((await via({ authorization: `Bearer ${token.body.access_token}` })).status).toBe(200);
  expect((await via({ [CRM_HEADER.name]: CRM_HEADER.value })).status).toBe(200);
  expect((await via(signed(body))).status).toBe(200);
  const seen = dataOf(await box.call('GET', `/control/crm/lookups?reference=${number}`));
  expect(seen.map(({ proof, answered }) => [proof, answered])).toEqual([
    ['signature', 200],
    ['header', 200],
    ['oauth', 200],
    [null, 401],
  ]);
});

test('a write-back is kept once under its key, pays its invoice, and outlives a restart', async () => {
  const number = await invoice();
  const body = { reference: number, outcome: 'succeeded' };
  const write = (method: string) =>
    box.call(method, '/crm/write-backs', body, { ...signed(body), 'idempotency-key': `pay_${number}` });
  expect((await write('POST')).body).toEqual({ received: true, repeated: false });
  expect((await write('PUT')).body).toEqual({ received: true, repeated: true });
  const unsigned = await box.call('POST', '/crm/write-backs', body, { 'idempotency-key': 'other' });
  expect(unsigned.status).toBe(401);
  const seen = dataOf(await box.call('GET', `/control/crm?reference=${number}`));
  expect(seen.map(({ proof, repeated, answered }) => [proof, repeated, answered])).toEqual([
    [null, false, 401],
    ['signature', true, 200],
    ['signature', false, 200],
  ]);
  const page = String((await box.call('GET', '/crm')).body.text);
  expect(page).toContain(`pay_${number}`);
  await box.call('POST', '/control/reset', { parts: [] });
  const second = await startSandbox(testEnv(box.dataDir), () => undefined);
  const again = await caller(second.port)('GET', `/control/crm?reference=${number}`);
  expect(dataOf(again)).toHaveLength(3);
  await second.stop();
});

test.each([
  ['refuse', 503],
  ['error_after', 500],
  ['garble', 200],
  ['reset_before', null],
  ['drop_answer', null],
])('the fault %s hits the lookup it matches and no other', async (kind, status) => {
  const number = await invoice();
  const order = { target: 'crm', operation: 'lookup', match: { reference: number }, kind };
  const more = kind === 'drop_answer' ? { delayMs: 60 } : {};
  expect((await box.call('POST', '/control/faults', { ...order, ...more })).status).toBe(201);
  expect((await lookUp('INV-2001')).status).toBe(200);
  if (kind === 'garble') await expect(lookUp(number)).rejects.toThrow(SyntaxError);
  else if (status === null) await expect(lookUp(number)).rejects.toThrow();
  else expect((await lookUp(number)).status).toBe(status);
  expect((await lookUp(number)).status).toBe(200);
});
