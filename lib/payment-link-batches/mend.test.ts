import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { listPaymentLinks } from '../payment-links';
import { purge } from '../retention';
import { type TestHouse, testHouse } from '../testing';
import { exportRefusedRows, listPaymentLinkBatches, previewPaymentLinkBatch } from '.';
import { asCsv, BatchTales, pieces } from './testing';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());
const tales = new BatchTales(() => house);

const HEADER = 'amountMinor,currency,reference,customer.phone,metadata.shelf';
const right = (n: number) => `${1000 + n},GBP,M-${n},+447700900123,=1+1`;
const FILE = [
  HEADER,
  right(1),
  '0,GBP,M-2,+447700900123,"=A1, B"',
  right(3),
  'x',
  '5,GBP,4242 4242 4242 4242,,',
].join('\n');

const look = async (text: string) => previewPaymentLinkBatch(house.as('agent'), pieces(text));
async function refusedRows(id: string, ctx = house.as('viewer')): Promise<string> {
  const file = await exportRefusedRows(ctx, id);
  if (!file.ok) throw new Error(file.error.code);
  let text = '';
  for await (const piece of file.value) text += piece;
  return text;
}
const counted = async () => (await house.services.db.execute(sql`select from payment_links`)).length;

test('a file is looked at by all the rules, row by row, and nothing of it is made or kept', async () => {
  const seen = await look(FILE);
  expect(seen).toMatchObject({
    value: {
      ...{ rows: 5, wrong: 3, columns: HEADER.split(',') },
      first: [
        ['1001', 'GBP', 'M-1', '+447700900123', '=1+1'],
        ['0', 'GBP', 'M-2', '+447700900123', '=A1, B'],
        ['1003', 'GBP', 'M-3', '+447700900123', '=1+1'],
      ],
    },
  });
  if (!seen.ok) throw new Error();
  expect(seen.value.errors.map(({ row, path }) => [row, path])).toEqual([
    [2, 'amountMinor'],
    [4, ''],
    [5, 'reference'],
  ]);
  expect(JSON.stringify(seen.value)).not.toContain('4242');
  expect(await counted()).toBe(0);
  expect(await house.services.db.execute(sql`select from payment_link_batches`)).toHaveLength(0);
  expect(await look('amount,currency\n1,GBP')).toMatchObject({ error: { code: 'invalid' } });
  expect(await previewPaymentLinkBatch(house.as('viewer'), pieces(FILE))).toMatchObject({
    error: { code: 'forbidden' },
  });
});

test('the wrong rows of an import are a file that is mended and sent again as it is; a card number is not in it', async () => {
  const batch = await tales.done(asCsv(FILE));
  expect(batch).toMatchObject({ issuedRows: 2, refusedRows: 3 });
  const file = await refusedRows(batch.id);
  const lines = file.trimEnd().split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/^row,error,amountMinor,currency,/);
  expect(lines[2]).toMatch(/^4,.*1 cells/);
  expect(file).not.toContain('4242');
  const [header, first = ''] = lines;
  const again = await tales.done(asCsv(`${header}\r\n${first.replace(',0,GBP', ',777,GBP')}\r\n`));
  expect(again).toMatchObject({ issuedRows: 1, refusedRows: 0 });
  const made = await listPaymentLinks(house.as('viewer'), { batch: again.id });
  expect(made).toMatchObject({
    value: {
      data: [{ amountMinor: 777, customer: { phone: '+447700900123' }, metadata: { shelf: '=A1, B' } }],
    },
  });
  expect(await listPaymentLinkBatches(house.as('viewer'), {})).toMatchObject({
    value: { data: [{ id: again.id }, { id: batch.id }], nextCursor: null },
  });
  expect(await listPaymentLinkBatches(house.stranger, {})).toMatchObject({ value: { data: [] } });
  expect(await exportRefusedRows(house.stranger, batch.id)).toMatchObject({ error: { code: 'not_found' } });
  await setClock(house.services.db, 31 * 86_400);
  await purge(house.services, 1000);
  expect(await refusedRows(batch.id)).not.toContain('M-2');
});
