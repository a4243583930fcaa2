import { expect, test } from 'vitest';
import { idFromUuid } from '@/core/ids';
import { LinkChanges } from './news';

const uuid = (n: number) => `0197c2a0-0000-7000-8000-${String(n).padStart(12, '0')}`;
const id = (n: number) => idFromUuid('paymentLink', uuid(n));
const mark = (told: Record<string, string>) => JSON.stringify(told);

test('what is new or has another mark is told once; what has grown old is no news', () => {
  const changes = new LinkChanges(mark({ [uuid(1)]: '1', [uuid(2)]: '1' }));
  expect(changes.see(mark({ [uuid(1)]: '1', [uuid(2)]: '2', [uuid(3)]: '1' }))).toBe(true);
  expect(changes.take()).toEqual({ links: [id(2), id(3)], many: false });
  expect(changes.see(mark({ [uuid(3)]: '1' }))).toBe(false);
  expect(changes.take()).toEqual({ links: [], many: false });
});

test('what nobody takes is kept, each link once; more than a hundred are not named', () => {
  const changes = new LinkChanges(mark({}));
  for (let n = 1; n <= 100; n++) for (const told of ['1', '2']) changes.see(mark({ [uuid(n)]: told }));
  expect(changes.take()).toMatchObject({ many: false, links: { length: 100 } });
  changes.see(mark(Object.fromEntries(Array.from({ length: 101 }, (_, n) => [uuid(n), '9']))));
  expect(changes.take()).toEqual({ links: [], many: true });
});
