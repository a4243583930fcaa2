import type { Needs } from '@/lib/contracts/reconciliation';

export type Need = {
  need: keyof Needs;
  path: string;
  title: string;
  /** How many, in words, for the strip of other pages. */
  short: (count: string, isOne: boolean) => string;
  what: string;
};

/** Each list that may need a person. An outcome that is only just unknown needs nobody: it mostly settles by itself. */
export const NEEDS: readonly Need[] = [
  {
    need: 'unknownLong',
    path: '/admin/money/unknown',
    title: 'Unknown outcomes',
    short: (count, isOne) => (isOne ? '1 unknown outcome' : `${count} unknown outcomes`),
    what: 'Payments and refunds of which the gateway has not told for more than two minutes whether they went through.',
  },
  {
    need: 'notices',
    path: '/admin/money/notices',
    title: 'Notices set aside',
    short: (count, isOne) => (isOne ? '1 notice set aside' : `${count} notices set aside`),
    what: 'The gateway said something that cannot be. Compare it with the gateway, then apply it again or dismiss it.',
  },
  {
    need: 'differences',
    path: '/admin/money/balance?gaps=1',
    title: 'Differences in the balance',
    short: (count, isOne) => (isOne ? '1 day with a difference' : `${count} days with differences`),
    what: 'Days on which the gateway, our ledger and what your systems were told do not agree.',
  },
  {
    need: 'alerts',
    path: '/admin/money/alerts',
    title: 'Open alerts',
    short: (count, isOne) => (isOne ? '1 open alert' : `${count} open alerts`),
    what: 'What somebody must know, and has not been put away. A difference and a notice have an alert as well.',
  },
  {
    need: 'requests',
    path: '/admin/money/requests',
    title: 'Requests for a new link',
    short: (count, isOne) => (isOne ? '1 request for a new link' : `${count} requests for a new link`),
    what: 'Customers whose link has expired, and who wait for your decision.',
  },
];

/** True when a person has something to look at. */
export const needsSomebody = (needs: Needs): boolean => NEEDS.some(({ need }) => needs[need] > 0);
