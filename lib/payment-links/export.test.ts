import { afterEach, beforeEach, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import type { PaymentLink } from '../contracts/payment-links';
import { CsvReader, csvCell } from '../csv';
import { type TestHouse, testHouse } from '../testing';
import { cancelPaymentLink, exportPaymentLinks, listPaymentLinks, reissuePaymentLink } from './index';
import { LinkTales } from './testing';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeEach(async () => {
  house = await testHouse();
});
afterEach(() => house.close());

async function exported(): Promise<Record<string, string>[]> {
  const file = await exportPaymentLinks(house.as('owner'), {});
  if (!file.ok) throw new Error(file.error.message);
  const reader = new CsvReader(10_000);
  const records: string[][] = [];
  for await (const piece of file.value) records.push(...reader.push(piece));
  const [names = [], ...rows] = records;
  return rows.map((row) => Object.fromEntries(names.map((name, n) => [name, csvCell(row[n] ?? '')])));
}

/** What the API tells under the name of a column, as a cell. */
function told(link: PaymentLink, name: string): string {
  if (name === 'createdBy') return link.createdBy.name;
  const value = name.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], link);
  return value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

test('a file tells of each link what the API tells, to the millisecond and the address, whatever became of it', async () => {
  const metadata = { order: '7, "seven"', ünï: 'cödé' };
  const [paid, canceled, anew] = [
    await tales.issued({ metadata, reference: 'A-1', customer: { name: 'Ada', timeZone: 'Europe/Paris' } }),
    await tales.issued(),
    await tales.issued({
      amountMinor: undefined,
      amountType: 'open',
      minAmountMinor: 100,
      maxAmountMinor: 900,
    }),
  ];
  await tales.pay(paid.id);
  await cancelPaymentLink(house.as('owner'), canceled.id);
  await tales.issued({ expiresInSeconds: 300 });
  await setClock(house.services.db, 400);
  await reissuePaymentLink(house.as('owner'), anew.id, {});
  const page = await listPaymentLinks(house.as('owner'), {});
  if (!page.ok) throw new Error(page.error.message);
  const rows = await exported();
  expect(rows.map(({ status }) => status)).toEqual(['expired', 'active', 'canceled', 'paid']);
  expect(rows).toEqual(
    page.value.data.map((link) =>
      Object.fromEntries(Object.keys(rows[0] ?? {}).map((name) => [name, told(link, name)])),
    ),
  );
});
