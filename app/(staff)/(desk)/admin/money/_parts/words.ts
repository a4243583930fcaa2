import { STAFF_LOCALE } from '@/app/_components/format';
import type { LedgerKind } from '@/core/ledger';
import { COUNTED_TO } from '@/core/reconciliation';

/** A count as far as it was counted: "7", "99+". */
export const countText = (count: number): string =>
  count < COUNTED_TO ? String(count) : `${COUNTED_TO - 1}+`;

const UNITS = [
  ['day', 86_400, 345_600],
  ['hour', 3600, 7200],
  ['minute', 60, 60],
  ['second', 1, 0],
] as const;

/** How long something has lasted: "40 seconds", "3 minutes", "71 hours"; cut down. */
export function lastedText(seconds: number): string {
  const [unit, length] = UNITS.find(([, , from]) => seconds >= from) ?? UNITS[3];
  const format = new Intl.NumberFormat(STAFF_LOCALE, { style: 'unit', unit, unitDisplay: 'long' });
  return format.format(Math.floor(seconds / length));
}

/** What an entry of the ledger tells, as people say it. */
export const ENTRIES: Record<LedgerKind, string> = {
  payment: 'Payment',
  refund: 'Refund',
  chargeback: 'Dispute',
  reversal: 'Dispute won back',
  adjustment: 'Adjustment',
};
