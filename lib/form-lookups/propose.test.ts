import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { listAllProfiles } from '@/db/queries/merchants';
import { createPaymentLink } from '../payment-links';
import { type TestHouse, testHouse } from '../testing';
import { saveFormLookup } from '.';
import { type MerchantSystem, merchantSystem, sendJson } from './testing';

let house: TestHouse;
let system: MerchantSystem;
let answer: (response: ServerResponse) => void;
beforeAll(async () => {
  system = await merchantSystem((_, response) => answer(response));
  house = await testHouse({ sandboxUrl: system.origin });
  const [profile] = await listAllProfiles(house.services.db, house.merchantId);
  const saved = await saveFormLookup(house.as('owner'), {
    profile: profile?.id,
    version: null,
    url: `${system.origin}/lookup`,
    credentials: { kind: 'signature' },
  });
  if (!saved.ok) throw new Error(saved.error.message);
});
afterAll(async () => {
  await house.close();
  system.close();
});
beforeEach(() => {
  system.asked.length = 0;
  answer = (response) =>
    sendJson(response, {
      customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
      amountMinor: 1240,
      currency: 'GBP',
      description: 'Two walking sticks',
      lineItems: [{ description: 'Stick', quantity: 2, unitAmountMinor: 620 }],
      fields: { invoice: 'INV-7' },
    });
});
const create = (more: object) =>
  createPaymentLink(house.as('api'), { amountMinor: 1240, currency: 'GBP', reference: 'INV-7', ...more });

test('what a back end leaves out is filled from the lookup, what it sent stays, and the answer says so', async () => {
  const made = await create({ lookup: true, customer: { name: 'Countess' }, send: { channel: 'email' } });
  expect(made.ok && made.value).toMatchObject({
    customer: { name: 'Countess', email: 'ada@example.com' },
    description: 'Two walking sticks',
    lineItems: [{ quantity: 2 }],
    metadata: { invoice: 'INV-7' },
    lookup: {
      outcome: 'found',
      filled: ['customer.email', 'description', 'lineItems', 'metadata.invoice'],
      amountMinor: 1240,
      currency: 'GBP',
      notes: [],
    },
  });
  const [event] = await house.database.sql`select payload from events where type = 'payment_link.created'`;
  expect(JSON.parse(event?.payload).data).not.toHaveProperty('lookup');
});

test('the amount is always what the back end said; another one of the lookup is told and takes its line items along', async () => {
  const made = await create({ lookup: true, amountMinor: 500 });
  expect(made.ok && made.value).toMatchObject({
    amountMinor: 500,
    lineItems: null,
    lookup: { amountMinor: 1240 },
  });
  const none = await createPaymentLink(house.as('api'), {
    currency: 'GBP',
    reference: 'INV-7',
    lookup: true,
  });
  expect(none.ok ? null : none.error.errors).toEqual([{ path: 'amountMinor', message: 'is needed' }]);
});

test('a lookup that fails issues the link as it was sent, and says so', async () => {
  answer = (response) => response.end('garbage');
  const made = await create({ lookup: true });
  expect(made.ok && made.value).toMatchObject({
    customer: { name: null },
    lookup: { outcome: 'not_json', filled: [] },
  });
});

test('a lookup by the customer’s key sends it; nothing to ask with, and a card number, are refused before anything leaves', async () => {
  expect((await create({ reference: undefined, lookup: { customerKey: 'C-1', call: 'call-9' } })).ok).toBe(
    true,
  );
  expect(JSON.parse(system.asked[0]?.body ?? '')).toMatchObject({
    customerKey: 'C-1',
    call: 'call-9',
    agent: null,
  });
  system.asked.length = 0;
  const nothing = await create({ reference: undefined, lookup: true });
  expect(nothing.ok ? null : nothing.error.errors?.[0]?.path).toBe('reference');
  const card = await create({ reference: '4111 1111 1111 1111', lookup: true });
  expect(card.ok ? null : card.error.code).toBe('card_number_refused');
  expect((await create({ lookup: 'yes' })).ok).toBe(false);
  expect((await create({ lookup: false })).ok).toBe(true);
  expect(system.asked).toEqual([]);
});
