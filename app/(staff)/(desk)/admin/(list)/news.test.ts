import { expect, test } from 'vitest';
import type { DeskLink } from '@/lib/payment-links';
import { missingFrom, type Pages, replaced } from './news';

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const link = (id: string, minute: number, more: Partial<DeskLink> = {}) =>
  ({
    id,
    createdAt: at(minute),
    expiresAt: at(minute),
    paidAt: at(minute),
    status: 'active',
    ...more,
  }) as DeskLink;
const list = (nextCursor: string | null, ...data: DeskLink[]): Pages => ({
  pages: [{ data, nextCursor, previousCursor: null }],
  pageParams: [''],
});
const missing = (pages: Pages, links: DeskLink[], sort?: 'expiring' | 'paid') =>
  missingFrom(pages, { links, fitting: links.map(({ id }) => id) }, sort);

test('a link that has changed takes its own place, whatever it has become, and no other row is touched', () => {
  const seen = list(null, link('b', 2), link('a', 1));
  const { pages } = replaced(seen, [link('a', 1, { status: 'paid' }), link('c', 3)]);
  expect(pages[0]?.data).toEqual([link('b', 2), link('a', 1, { status: 'paid' })]);
  expect(pages[0]?.data[0]).toBe(seen.pages[0]?.data[0]);
});

test('links that belong among what is shown are missing; what is shown, does not fit or stands further down is not', () => {
  const some = list('more', link('c', 9), link('b', 5));
  expect(missing(some, [link('d', 10), link('c', 9), link('a', 1)])).toEqual(['d']);
  expect(missingFrom(some, { links: [link('d', 10)], fitting: [] }, undefined)).toEqual([]);
  expect(missing(some, [link('d', 10), link('e', 4)], 'expiring')).toEqual(['e']);
  expect(missing(some, [link('d', 1, { status: 'paid' })], 'expiring')).toEqual([]);
  expect(missing(some, [link('d', 10), link('e', 11, { paidAt: null })], 'paid')).toEqual(['d']);
  expect(missing(list(null, link('b', 5)), [link('a', 1)])).toEqual(['a']);
  expect(missing(list(null), [link('a', 1)])).toEqual(['a']);
});
