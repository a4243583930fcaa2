import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../testing';
import { dropPaymentLinkBatch, receivePaymentLinkBatch } from '.';
import { pieces } from './testing';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const many = (count: number, name: string) =>
  Array.from({ length: count }, (_, n) => ({
    amountMinor: 1240,
    currency: 'GBP',
    reference: `${name}-${n}`,
  }));

async function refusal(format: 'json' | 'csv', text: string | AsyncIterable<Uint8Array>, query: object = {}) {
  const chunks = typeof text === 'string' ? pieces(text) : text;
  const outcome = await receivePaymentLinkBatch(house.as('api'), query, { format, chunks });
  return outcome.ok ? 'received' : outcome.error.code;
}
const keptRows = async () => {
  const [kept] = await house.database
    .sql`select (select count(*) from payment_link_batch_parts)::int as parts,
    (select count(*) from payment_link_batches where state = 'receiving')::int as batches`;
  return kept;
};

test('a body that is no batch is refused whole, and nothing of it is kept', async () => {
  const good = JSON.stringify(many(600, 'bad')).slice(0, -1);
  async function* latin1() {
    yield Buffer.from('amountMinor,currency,description\n1,GBP,M\xfcller\n', 'latin1');
  }
  async function* broken() {
    yield Buffer.from(good);
    throw new Error('socket hang up');
  }
  async function* endless() {
    yield Buffer.from('[');
    for (;;) yield Buffer.alloc(65_000, ' ');
  }
  const cards = 'amountMinor,4242424242424242\n';
  expect(await refusal('json', `${good},{"amountMinor":}]`)).toBe('malformed');
  expect(await refusal('json', good)).toBe('malformed');
  expect(await refusal('json', '')).toBe('malformed');
  expect(await refusal('json', '{"rows":[]}')).toBe('malformed');
  expect(await refusal('json', '[]')).toBe('invalid');
  expect(await refusal('csv', '')).toBe('invalid');
  expect(await refusal('csv', 'amountMinor,currency\n')).toBe('invalid');
  expect(await refusal('csv', 'amountMinor,surprise\n1,2\n')).toBe('invalid');
  expect(await refusal('csv', 'amountMinor,amountMinor\n1,2\n')).toBe('invalid');
  expect(await refusal('csv', cards)).toBe('card_number_refused');
  expect(await refusal('csv', latin1())).toBe('malformed');
  expect(await refusal('json', broken())).toBe('malformed');
  expect(await refusal('json', endless())).toBe('malformed');
  expect(await refusal('json', '[1]', { onError: 'guess' })).toBe('invalid');
  expect(await keptRows()).toEqual({ parts: 0, batches: 0 });
});

test('more than 100,000 rows or 64 MB are refused, and nothing of them is kept', async () => {
  async function* large() {
    yield Buffer.from('[');
    const piece = Buffer.from(`{"description":"${'x'.repeat(60_000)}"},`);
    for (let i = 0; i < 1_200; i++) yield piece;
  }
  expect(await refusal('json', `[${'1,'.repeat(100_000)}1]`)).toBe('too_large');
  expect(await refusal('json', large())).toBe('too_large');
  expect(await keptRows()).toEqual({ parts: 0, batches: 0 });
}, 120_000);

test('a card number never gets into the database with the rows, however it is spelled', async () => {
  const numbers = [
    '4242424242424242',
    '5555 5555 5555 4444',
    '42424\\u200b24242424242',
    '4242424242\\u0001424242',
  ];
  const rows = [
    ...numbers.map((number) => `{"amountMinor":1,"currency":"GBP","description":"${number}"}`),
    '{"description":"4000056655665556","description":"twice","amountMinor":1,"currency":"GBP"}',
    '{"amountMinor":1,"currency":"GBP","surprise":{"deep":[4000002500003155]}}',
    '{"amountMinor":1,"currency":"GBP","customer":{"phone":6011111111111117}}',
  ];
  const received = await receivePaymentLinkBatch(
    house.as('api'),
    {},
    { format: 'json', chunks: pieces(`[${rows}]`) },
  );
  if (!received.ok) throw new Error(received.error.message);
  const kept = await house.database
    .sql`select rows from payment_link_batch_parts union all select message from payment_link_batch_errors`;
  const text = JSON.stringify(kept);
  expect(text).toContain('twice');
  for (const found of ['4242', '5555', '400005', '400000', '6011']) expect(text).not.toContain(found);
  await dropPaymentLinkBatch(house.as('api'), received.value.id);
});
