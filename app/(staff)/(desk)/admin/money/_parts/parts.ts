import type { Needs } from '@/lib/contracts/reconciliation';

export const MONEY_HOME = '/admin/money';
/** The parts of the money: where below its home, what it is called, and what may wait there. */
export const MONEY_PARTS: readonly [path: string, label: string, need: keyof Needs | null][] = [
  ['', 'What needs you', null],
  ['/unknown', 'Unknown outcomes', 'unknownLong'],
  ['/notices', 'Notices set aside', 'notices'],
  ['/balance', 'Balance', 'differences'],
  ['/alerts', 'Alerts', 'alerts'],
  ['/requests', 'New-link requests', 'requests'],
  ['/ledger', 'Ledger', null],
];
