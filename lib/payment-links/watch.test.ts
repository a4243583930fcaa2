import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Ctx } from '../context';
import { type TestHouse, testHouse } from '../testing';
import { cancelPaymentLink, createPaymentLink, readChangedLinks, watchPaymentLinks } from './index';
import { LinkTales } from './testing';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

/** What somebody is told, as it comes. */
async function listener(ctx: Ctx, query: object = {}) {
  const watch = await watchPaymentLinks(ctx, query);
  if (!watch.ok) throw new Error(watch.error.code);
  const heard: string[] = [];
  const end = watch.value.watch(() => {
    const news = watch.value.take(ctx);
    if (news.ok) heard.push(...news.value.links);
  });
  return { heard, end };
}

test('a link that changes is told to whoever watches its merchant’s, or it alone, and to nobody else', async () => {
  const [one, other] = [await tales.issued(), await tales.issued()];
  const all = await listener(house.as('agent'));
  const mine = await listener(house.as('viewer'), { link: one.id });
  const beside = await listener(house.as('viewer'), { link: other.id });
  const stranger = await listener(house.stranger);
  await tales.pay(one.id);
  for (const { heard } of [all, mine]) await vi.waitFor(() => expect(heard).toContain(one.id));
  expect((await createPaymentLink(house.stranger, { amountMinor: 500, currency: 'GBP' })).ok).toBe(true);
  await vi.waitFor(() => expect(stranger.heard).toHaveLength(1));
  expect([...new Set(all.heard)]).toEqual([one.id]);
  expect(stranger.heard).not.toContain(one.id);
  expect(beside.heard).toEqual([]);
  for (const { end } of [all, mine, beside, stranger]) end();
});

test('a change that is committed after later ones is told', async () => {
  const [late, early] = [await tales.issued(), await tales.issued()];
  const { heard, end } = await listener(house.as('owner'));
  await house.services.db.transaction(async (tx) => {
    expect(await cancelPaymentLink({ ...house.as('owner'), tx }, late.id)).toMatchObject({ ok: true });
    await cancelPaymentLink(house.as('owner'), early.id);
    await vi.waitFor(() => expect(heard).toContain(early.id));
    expect(heard).not.toContain(late.id);
  });
  await vi.waitFor(() => expect(heard).toContain(late.id));
  end();
});

test('another merchant’s link is not there to be watched, and who may not see links is told nothing', async () => {
  const { id } = await tales.issued();
  expect(await watchPaymentLinks(house.stranger, { link: id })).toMatchObject({
    error: { code: 'not_found' },
  });
  const without = house.as('api', ['ledger:read']);
  expect(await watchPaymentLinks(without, {})).toMatchObject({ error: { code: 'forbidden' } });
  expect(await readChangedLinks(without, { ids: id })).toMatchObject({ error: { code: 'forbidden' } });
  const watch = await watchPaymentLinks(house.as('owner'), {});
  expect(watch.ok && watch.value.take(without)).toMatchObject({ error: { code: 'forbidden' } });
});

test('links are read by their ids as a list shows them, with which of them its filter holds; others’ are left out', async () => {
  const [paid, open] = [await tales.issued({ reference: 'W-1' }), await tales.issued({ reference: 'W-2' })];
  await tales.pay(paid.id);
  const ids = `${paid.id},${open.id}`;
  const read = async (query: object, ctx = house.as('agent')) => {
    const told = await readChangedLinks(ctx, { ids, ...query });
    if (!told.ok) throw new Error(told.error.message);
    return { links: told.value.links.map(({ id }) => id).sort(), fitting: told.value.fitting.sort() };
  };
  const both = [paid.id, open.id].sort();
  expect(await read({})).toEqual({ links: both, fitting: both });
  expect(await read({ status: 'paid' })).toEqual({ links: both, fitting: [paid.id] });
  expect(await read({ q: 'W-2' })).toEqual({ links: both, fitting: [open.id] });
  expect(await read({ q: 'nobody says this' })).toEqual({ links: both, fitting: [] });
  expect(await read({}, house.stranger)).toEqual({ links: [], fitting: [] });
  expect(await readChangedLinks(house.as('agent'), { ids: 'x' })).toMatchObject({
    error: { code: 'invalid' },
  });
});
