import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { type TestHouse, testHouse } from '../testing';
import {
  listLinkEvents,
  listLinkMessages,
  readPaymentLink,
  reissuePaymentLink,
  updatePaymentLink,
} from './index';
import { DAY, LinkTales } from './testing';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeAll(async () => {
  house = await testHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

describe('changing a link', () => {
  const update = (id: string, input: unknown, version: number | null = 1) =>
    updatePaymentLink(house.as('api'), id, input, version);

  test('needs the version that was read: none, another or an older one changes nothing', async () => {
    const { id } = await tales.issued();
    expect(await update(id, { description: 'x' }, null)).toMatchObject({
      error: { code: 'version_required' },
    });
    expect(await update(id, { description: 'x' }, 7)).toMatchObject({ error: { code: 'version_mismatch' } });
    expect(await update(id, { description: 'x' })).toMatchObject({ value: { description: 'x', version: 2 } });
    expect(await update(id, { description: 'y' })).toMatchObject({ error: { code: 'version_mismatch' } });
  });

  test('of two at once with one version exactly one wins', async () => {
    const { id } = await tales.issued();
    const both = await Promise.all(['a', 'b'].map((description) => update(id, { description })));
    expect(both.filter((one) => one.ok)).toHaveLength(1);
  });

  test('tells what was before, and nothing when nothing changed', async () => {
    const { id } = await tales.issued({ metadata: { order: '7' } });
    expect(await update(id, { description: 'Order 7' })).toMatchObject({ value: { version: 1 } });
    await update(id, { description: null, metadata: { order: '8' } });
    const [told, ...more] = (await tales.events(id)).slice(1);
    expect(more).toEqual([]);
    expect(told).toMatchObject({ type: 'payment_link.updated', data: { metadata: { order: '8' } } });
    expect(told?.previous).toEqual({ description: 'Order 7', metadata: { order: '7' } });
  });

  test('the end moves up to 72 hours from the issue, to the second, and back; never beyond, never into the past', async () => {
    const link = await tales.issued({ expiresInSeconds: 3600 });
    const issuedAt = Date.parse(link.expiresAt) - 3_600_000;
    const at = (seconds: number) => new Date(issuedAt + seconds * 1000).toISOString();
    expect(await update(link.id, { expiresAt: at(3 * DAY + 1) })).toMatchObject({
      error: { code: 'invalid', errors: [{ path: 'expiresAt' }] },
    });
    expect(await update(link.id, { expiresAt: at(-5) })).toMatchObject({ error: { code: 'invalid' } });
    const leapSecond = at(DAY).replace(/T.*/, 'T23:59:60Z');
    expect(await update(link.id, { expiresAt: leapSecond })).toMatchObject({
      error: { code: 'invalid', errors: [{ path: 'expiresAt' }] },
    });
    const longest = await update(link.id, { expiresAt: at(3 * DAY) });
    expect(longest).toMatchObject({ value: { expiresAt: at(3 * DAY), url: link.url } });
    await setClock(house.services.db, 2 * DAY);
    expect(await tales.stateOf(link.url)).toBe('ready');
    expect(await update(link.id, { expiresAt: at(2 * DAY + 600) }, 2)).toMatchObject({ ok: true });
    await setClock(house.services.db, 2 * DAY + 660);
    expect(await tales.stateOf(link.url)).toBe('expired');
    expect(await update(link.id, { expiresAt: at(3 * DAY) }, 3)).toMatchObject({
      error: { code: 'link_expired' },
    });
  });

  test('after a reissue the 72 hours count from it', async () => {
    const link = await tales.issued();
    await setClock(house.services.db, DAY);
    const again = await reissuePaymentLink(house.as('owner'), link.id, {});
    if (!again.ok) throw new Error(again.error.code);
    const latest = Date.parse(again.value.expiresAt);
    const back = new Date(latest - DAY * 1000).toISOString();
    expect(await update(link.id, { expiresAt: back }, again.value.version)).toMatchObject({ ok: true });
    const beyond = new Date(latest + 1000).toISOString();
    expect(await update(link.id, { expiresAt: beyond }, again.value.version + 1)).toMatchObject({
      error: { code: 'invalid' },
    });
  });

  test('what a payer paid for keeps its words; metadata may always change', async () => {
    const link = await tales.issued();
    await tales.pay(link.id);
    const { value } = (await readPaymentLink(house.as('api'), link.id)) as { value: { version: number } };
    expect(await update(link.id, { description: 'other' }, value.version)).toMatchObject({
      error: { code: 'link_paid' },
    });
    expect(await update(link.id, { metadata: { a: 'b' } }, value.version)).toMatchObject({
      value: { status: 'paid', metadata: { a: 'b' } },
    });
  });

  test.each([
    ['an amount', { amountMinor: 1 }, 'invalid'],
    ['an empty description', { description: ' ' }, 'invalid'],
    ['a time that is none', { expiresAt: 'tomorrow' }, 'invalid'],
    ['a card number', { metadata: { note: '4242 4242 4242 4242' } }, 'card_number_refused'],
  ])('%s is refused', async (_what, input, code) => {
    expect(await update((await tales.issued()).id, input)).toMatchObject({ error: { code } });
  });
});

test('events of a link join up behind a sequence number, page by page, and belong to their merchant', async () => {
  const link = await tales.issued();
  for (let version = 1; version < 5; version++)
    await updatePaymentLink(house.as('owner'), link.id, { description: `d${version}` }, version);
  const first = await listLinkEvents(house.as('api'), link.id, { limit: '3' });
  if (!first.ok) throw new Error(first.error.code);
  expect(first.value.data).toMatchObject([{ sequence: 1 }, { sequence: 2 }, { sequence: 3 }]);
  const rest = await listLinkEvents(house.as('api'), link.id, { cursor: first.value.nextCursor });
  expect(rest).toMatchObject({ value: { data: [{ sequence: 4 }, { sequence: 5 }], nextCursor: null } });
  expect(await listLinkEvents(house.as('api'), link.id, { afterSequence: '4' })).toMatchObject({
    value: { data: [{ sequence: 5, type: 'payment_link.updated' }] },
  });
  expect(await listLinkEvents(house.as('api'), link.id, { afterSequence: '-1' })).toMatchObject({
    error: { code: 'invalid' },
  });
  for (const list of [listLinkMessages, listLinkEvents])
    expect(await list(house.stranger, link.id)).toMatchObject({ error: { code: 'not_found' } });
});
