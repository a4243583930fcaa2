import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Ctx } from '@/lib/context';
import type { Resolve } from '@/lib/egress/guard';
import { LookupTales, type MerchantSystem, merchantSystem, sendJson } from '@/lib/form-lookups/testing';
import { preparePaymentLink } from '@/lib/payment-links';
import { prepareEndpointUpdate, prepareWebhookEndpoint } from '@/lib/webhooks';
import { apiWrite } from '../../_server/api';
import { ApiHouse } from '../../_server/testing';

/** The whole pool of the portal, and as many requests as would take it. */
const CONNECTIONS = 3;
const each = <T>(one: (number: number) => T): T[] => Array.from({ length: CONNECTIONS }, (_, i) => one(i));

let api: ApiHouse;
let system: MerchantSystem;
const held: (() => void)[] = [];
let hangs = false;
const answer = (response: ServerResponse) => sendJson(response, { description: 'Two walking sticks' });
const lookups = new LookupTales(() => api.house);
beforeAll(async () => {
  system = await merchantSystem((_, response) => {
    if (hangs) held.push(() => answer(response));
    else answer(response);
  });
  api = await ApiHouse.open({ max: CONNECTIONS, sandboxUrl: system.origin });
  await lookups.ready();
});
afterAll(async () => {
  await api.close();
  system.close();
});
beforeEach(() => {
  hangs = true;
  system.asked.length = 0;
});
afterEach(() => release());

function release(): void {
  hangs = false;
  for (const go of held.splice(0)) go();
}
async function untilHeld(count: number, isOver = () => false): Promise<void> {
  while (held.length < count && !isOver()) await new Promise((done) => setTimeout(done, 5));
}

const wish = { amountMinor: 1240, currency: 'GBP', reference: 'INV-7' };
const issue = (key: string, more: object = {}) =>
  api.call('POST', '/payment-links', {
    headers: { 'idempotency-key': key },
    body: { ...wish, lookup: true, ...more },
  });

/** Another request, while all of these still hang; then they are let go. Their statuses. */
async function othersAreAnswered(hanging: Promise<{ status: number }>[]): Promise<number[]> {
  let ended = 0;
  const all = hanging.map(async (one) => {
    const { status } = await one;
    ended++;
    return status;
  });
  await untilHeld(hanging.length, () => ended > 0);
  const other = await api.call('GET', '/payment-links');
  expect([other.status, ended]).toEqual([200, 0]);
  release();
  return Promise.all(all);
}

test('while a lookup hangs under as many keys as there are connections, others are answered', async () => {
  const statuses = await othersAreAnswered(each((i) => issue(`lookup-${i}`)));
  expect(statuses).toEqual(each(() => 201));
});

const HOOK = 'https://hooks.example.com/hook';
const resolve: Resolve = () =>
  new Promise((done) => {
    held.push(() => done([{ address: '93.184.215.14', family: 4 }]));
  });
type Prepare = (
  ctx: Ctx,
  input: unknown,
) => ReturnType<typeof prepareWebhookEndpoint | typeof preparePaymentLink>;
/** What asks where a name leads, each with its status and with its preparation once the name hangs. */
const NAMES: Record<string, { status: number; body: object; prepare: () => Promise<Prepare> }> = {
  'a callback': {
    status: 201,
    body: { ...wish, callbackUrl: HOOK },
    prepare: async () => (ctx, input) => preparePaymentLink(ctx, input, { resolve }),
  },
  'a new endpoint': {
    status: 201,
    body: { url: HOOK },
    prepare: async () => (ctx, input) => prepareWebhookEndpoint(ctx, input, resolve),
  },
  'a changed endpoint': {
    status: 200,
    body: { url: HOOK },
    prepare: async () => {
      const made = await api.call('POST', '/webhook-endpoints', { body: { url: `${system.origin}/hook` } });
      const id = String(made.json.id);
      return (ctx, input) => prepareEndpointUpdate(ctx, id, input, 1, resolve) as ReturnType<Prepare>;
    },
  },
};

test.each(Object.keys(NAMES))(
  'while the name of %s hangs under as many keys, others are answered',
  async (what) => {
    const { status, body, prepare } = NAMES[what] ?? { status: 0, body: {}, prepare: () => Promise.reject() };
    const prepared = await Promise.all(each(prepare));
    const statuses = await othersAreAnswered(
      prepared.map((one, i) => {
        const headers = { authorization: `Bearer ${api.key}`, 'idempotency-key': `name-${i}` };
        const request = new Request(`http://localhost:3000/api/v1/${encodeURIComponent(what)}`, {
          ...{ method: 'POST', body: JSON.stringify(body) },
          headers: { ...headers, 'content-type': 'application/json', 'x-forwarded-for': '192.0.2.7' },
        });
        return apiWrite(request, status, { prepare: one });
      }),
    );
    expect(statuses).toEqual(each(() => status));
  },
);

test('a key whose first request still asks is in flight, and what has its answer asks nothing again', async () => {
  const first = issue('k1');
  await untilHeld(1);
  const second = await issue('k1');
  expect([second.status, second.json.code]).toEqual([409, 'idempotency_in_flight']);
  expect(second.headers.get('retry-after')).toBe('1');
  release();
  const done = await first;
  expect(done.json).toMatchObject({ description: 'Two walking sticks', lookup: { outcome: 'found' } });
  const again = await Promise.all(each(() => issue('k1')));
  expect(again.map(({ text }) => text)).toEqual(each(() => done.text));
  expect(again.map(({ headers }) => headers.get('idempotency-replayed'))).toEqual(each(() => 'true'));
  const other = await issue('k1', { reference: 'INV-8' });
  expect([other.status, other.json.code]).toEqual([422, 'idempotency_mismatch']);
  expect(system.asked).toHaveLength(1);
});

test('what is refused before or by what was asked outside keeps its refusal', async () => {
  const wrong = () => issue('k2', { lookup: 'perhaps' });
  const refused = await wrong();
  expect([refused.status, (await wrong()).text]).toEqual([422, refused.text]);
  const endpoint = (key: string, url: string) =>
    api.call('POST', '/webhook-endpoints', { headers: { 'idempotency-key': key }, body: { url } });
  const local = await endpoint('k3', 'https://127.0.0.1/');
  expect([local.status, (await endpoint('k3', 'https://127.0.0.1/')).text]).toEqual([422, local.text]);
  expect(await endpoint('k4', `${system.origin}/hook`)).toMatchObject({ status: 201 });
  expect(system.asked).toEqual([]);
});
