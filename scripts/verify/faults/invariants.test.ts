import { expect, test } from 'vitest';
import { clean, TYPES } from './evidence.fixture';
import { type Evidence, INVARIANTS } from './invariants';
import type { Receipt } from './receipts';

/** The first of a list, which a change is about. */
function first<T>(list: readonly T[]): T {
  const [one] = list;
  if (!one) throw new Error('the evidence is empty');
  return one;
}
const receiptOf = (evidence: Evidence, id: string): Receipt => {
  const found = evidence.receipts.byId.get(id);
  if (!found) throw new Error(`no receipt of ${id}`);
  return found;
};

/** What is done to clean evidence, and the invariant that must see it. */
const BREACHES: [id: string, what: string, change: (evidence: Evidence) => void][] = [
  ['I1', 'a link charged twice', ({ books }) => books.ledger.push({ ...first(books.ledger), id: 'gw_2' })],
  [
    'I1',
    'two open attempts',
    ({ books }) => {
      const one = first(books.attempts);
      books.attempts.push(
        { ...one, id: 'pay_2', state: 'unknown' },
        { ...one, id: 'pay_3', state: 'submitted' },
      );
    },
  ],
  [
    'I1',
    'more charged than was owed',
    ({ books }) => {
      first(books.ledger).amountMinor = 1001;
    },
  ],
  [
    'I2',
    'a charge that is in no book of ours',
    ({ books }) => {
      books.attempts.length = 0;
    },
  ],
  [
    'I2',
    'an attempt that succeeded and was never charged',
    ({ books }) => {
      first(books.ledger).status = 'voided';
    },
  ],
  [
    'I2',
    'another amount than was agreed',
    ({ books }) => {
      first(books.attempts).amountMinor = 900;
    },
  ],
  [
    'I2',
    'a ledger entry that is missing',
    ({ books }) => {
      books.entries.shift();
    },
  ],
  [
    'I3',
    'money under an attempt that is called failed',
    ({ books }) => {
      first(books.attempts).state = 'failed';
    },
  ],
  [
    'I4',
    'a page that said paid, and it is not',
    ({ books }) => {
      first(books.links).capturedMinor = 0;
    },
  ],
  [
    'I4',
    'an attempt that went back',
    ({ books }) => {
      first(books.attempts).state = 'declined';
    },
  ],
  [
    'I4',
    'a refund that was told as given back, and failed',
    ({ books }) => {
      first(books.refunds).state = 'failed';
    },
  ],
  [
    'I5',
    'an event without a delivery',
    ({ books }) => {
      books.deliveries.pop();
    },
  ],
  [
    'I5',
    'a delivery that nobody took',
    (evidence) => {
      receiptOf(evidence, 'evt_0').taken = 0;
    },
  ],
  [
    'I5',
    'a gap in the numbers',
    ({ books }) => {
      first(books.links).sequence = TYPES.length + 1;
    },
  ],
  [
    'I5',
    'a paid link that was never told',
    ({ books }) => {
      books.events = books.events.filter(({ type }) => type !== 'payment_link.paid');
    },
  ],
  [
    'I5',
    'a refund that was told twice',
    ({ books }) => {
      books.events.push({ ...first(books.events.slice(-1)), id: 'evt_9' });
    },
  ],
  [
    'I6',
    'other bytes under the same id',
    (evidence) => {
      receiptOf(evidence, 'evt_0').changed = true;
    },
  ],
  [
    'I7',
    'an attempt that began at the end of its link',
    ({ books }) => {
      first(books.attempts).createdAt = new Date(60_000);
    },
  ],
  [
    'I8',
    'a refund that is in no book of ours',
    ({ books }) => {
      books.refunds.length = 0;
    },
  ],
  [
    'I8',
    'a refund that was given twice',
    ({ books }) => books.ledger.push({ ...first(books.ledger.slice(-1)), id: 'gwr_2' }),
  ],
  [
    'I8',
    'more given back than was captured',
    ({ books }) => {
      first(books.ledger.slice(-1)).amountMinor = 1001;
    },
  ],
  [
    'I8',
    'a refund that succeeded and was never given',
    ({ books }) => {
      books.ledger.pop();
    },
  ],
  [
    'I8',
    'a refund without its ledger entry',
    ({ books }) => {
      books.entries.pop();
    },
  ],
  [
    'I8',
    'room that is still reserved',
    ({ books }) => {
      first(books.attempts).refundingMinor = 100;
    },
  ],
  [
    'I11',
    'something undecided',
    ({ settled }) => {
      settled.undecided.push('pay_1 (unknown)');
    },
  ],
  [
    'sums',
    'an amount that is held for nobody',
    ({ books }) => {
      first(books.links).heldMinor = 1000;
    },
  ],
  [
    'sums',
    'a link that is being paid by nobody',
    ({ books }) => {
      first(books.links).access = 'processing';
    },
  ],
  [
    'news',
    'a true notice that was set aside',
    ({ books }) => {
      first(books.notices).state = 'quarantined';
    },
  ],
  [
    'signed',
    'a signature that does not verify',
    (evidence) => {
      receiptOf(evidence, 'evt_0').unsigned = 1;
    },
  ],
];

test('clean books breach no invariant', () => {
  const evidence = clean();
  expect(INVARIANTS.flatMap(({ breaches }) => breaches(evidence))).toEqual([]);
});

test.each(BREACHES)('%s sees %s', (id, _what, change) => {
  const evidence = clean();
  change(evidence);
  const invariant = INVARIANTS.find((one) => one.id === id);
  expect(invariant?.breaches(evidence)).not.toEqual([]);
});

test('every invariant is shown to see a breach', () => {
  expect([...new Set(BREACHES.map(([id]) => id))]).toEqual(INVARIANTS.map(({ id }) => id));
});
