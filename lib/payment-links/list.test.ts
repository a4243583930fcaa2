import { afterAll, beforeAll, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { type TestHouse, testHouse } from '../testing';
import { listDeskLinks } from './index';
import { LinkTales } from './testing';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeAll(async () => {
  house = await testHouse();
  for (const [i, amountMinor] of [700, 300, 500, 500, 100].entries()) {
    await setClock(house.services.db, i * 10);
    const link = await tales.issued({ amountMinor, reference: `order ${i}` });
    if (i < 3) await tales.pay(link.id);
  }
});
afterAll(() => house.close());

const page = async (query: object) => {
  const told = await listDeskLinks(house.as('viewer'), query);
  if (!told.ok) throw new Error(told.error.message);
  return told.value;
};

test.each([
  {},
  { q: 'order' },
  { sort: 'expiring' },
  { sort: 'paid' },
  { sort: 'amount', currency: 'GBP', status: 'paid' },
])(
  '%o: pages of one lead on to the end and back to the begin, whatever is issued meanwhile',
  async (query) => {
    const all = (await page({ ...query, limit: '100' })).data.map(({ id }) => id);
    expect(all.length).toBeGreaterThan(1);
    const on = [await page({ ...query, limit: '1' })];
    for (let cursor = on[0]?.nextCursor; cursor; cursor = on.at(-1)?.nextCursor)
      on.push(await page({ ...query, limit: '1', cursor }));
    expect(on.flatMap(({ data }) => data.map(({ id }) => id))).toEqual(all);
    await tales.issued({ amountMinor: 900, reference: 'order late' });
    const back: string[] = [];
    for (let cursor = on.at(-1)?.previousCursor; cursor; ) {
      const before = await page({ ...query, limit: '1', cursor });
      back.unshift(...before.data.map(({ id }) => id));
      cursor = before.previousCursor;
    }
    expect(back.slice(-(all.length - 1))).toEqual(all.slice(0, -1));
  },
);

test.each([{}, { sort: 'expiring' }, { q: 'order' }])(
  'amounts between two are found in the order of %o, both ends with them',
  async (order) => {
    const query = { ...order, currency: 'GBP', minAmountMinor: '300', maxAmountMinor: '500' };
    const amounts = (await page(query)).data.map(({ amountMinor }) => amountMinor);
    expect(new Set(amounts)).toEqual(new Set('sort' in order ? [500] : [300, 500]));
  },
);

test.each([
  [{ sort: 'paid', q: 'order' }, 'q'],
  [{ sort: 'amount', currency: 'GBP' }, 'status'],
  [{ sort: 'paid', cursor: 'plink_01kb1v3q5sezqv4x0c9w6y2m8n' }, 'cursor'],
  [{ minAmountMinor: '5' }, 'currency'],
  [{ sort: 'paid', maxAmountMinor: '5' }, 'maxAmountMinor'],
])('%o is refused by name: no index could answer it', async (query, path) => {
  expect(await listDeskLinks(house.as('viewer'), query)).toMatchObject({ error: { errors: [{ path }] } });
});
