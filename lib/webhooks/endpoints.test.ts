import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Resolve } from '../egress/guard';
import { createPaymentLink } from '../payment-links';
import { type TestHouse, testHouse } from '../testing';
import { claim, createWebhookEndpoint, listWebhookEndpoints } from '.';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const resolve: Resolve = async () => [{ address: '93.184.215.14', family: 4 }];
const url = 'https://hooks.example.com/in';

test('an endpoint is made with a secret that is shown once and kept sealed', async () => {
  const made = await createWebhookEndpoint(house.as('owner'), { url, types: ['payment_link.paid'] }, resolve);
  if (!made.ok) throw new Error(made.error.message);
  expect(made.value.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(() => new Webhook(made.value.secret)).not.toThrow();
  const listed = await listWebhookEndpoints(house.as('viewer'));
  expect(listed).toMatchObject({ ok: true, value: [{ id: made.value.id, url, state: 'enabled' }] });
  expect(JSON.stringify(listed)).not.toContain(made.value.secret);
  const rows = await house.database.sql`select secret from webhook_endpoints`;
  expect(JSON.stringify(rows)).not.toContain(made.value.secret);
});

test('an endpoint gets only the types it asked for', async () => {
  await createPaymentLink(house.as('owner'), { amountMinor: 100, currency: 'GBP' });
  const all = { limit: 10, leaseSeconds: 60, perEndpoint: 5, inFlight: new Map() };
  expect(await claim(house.services, all)).toEqual([]);
});

test('an address that leads inside, a secret that is none and unknown words are refused by name', async () => {
  const refused = async (input: unknown) => {
    const made = await createWebhookEndpoint(house.as('owner'), input, resolve);
    return made.ok ? null : [made.error.code, made.error.errors?.[0]?.path];
  };
  expect(await refused({ url: 'http://hooks.example.com/' })).toEqual(['invalid', 'url']);
  expect(await refused({ url: 'https://10.0.0.1/' })).toEqual(['invalid', 'url']);
  expect(await refused({ url, secret: 'secret' })).toEqual(['invalid', 'secret']);
  expect(await refused({ url, types: ['payment_link.sold'] })).toEqual(['invalid', 'types.0']);
  expect(await refused({ url, typ: 1 })).toEqual(['invalid', 'typ']);
  expect(await refused({ url, description: '4242 4242 4242 4242' })).toEqual([
    'card_number_refused',
    'description',
  ]);
});

test('only who may change webhooks does, and nobody sees those of another merchant', async () => {
  for (const ctx of [
    house.as('viewer'),
    house.as('agent'),
    house.as('payer'),
    house.as('api', ['webhooks:read']),
  ])
    expect(await createWebhookEndpoint(ctx, { url }, resolve)).toMatchObject({
      error: { code: 'forbidden' },
    });
  expect(await listWebhookEndpoints(house.as('agent'))).toMatchObject({ error: { code: 'forbidden' } });
  expect(await listWebhookEndpoints(house.stranger)).toEqual({ ok: true, value: [] });
});
