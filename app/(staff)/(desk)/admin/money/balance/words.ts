import type { BalanceRun, LocatedGap } from '@/lib/contracts/reconciliation';
import { ENTRIES, lastedText } from '../_parts/words';

/** What a difference is, and what to look at. */
export const GAPS: Record<LocatedGap['kind'], { what: string; look: string }> = {
  missing_here: {
    what: 'Only the gateway tells of it',
    look: 'Is the outcome still unknown, or was a refund begun at the provider? Without a link: whose payment is it?',
  },
  missing_at_gateway: {
    what: 'Only our ledger has it',
    look: 'Look up the payment at the gateway. Where it settles late, this goes away the next night.',
  },
  amount: { what: 'The amounts differ', look: 'Compare the payment with the gateway.' },
  missing_event: {
    what: 'Your systems were not told, or of another amount',
    look: 'See what was told on the link’s timeline.',
  },
  link_total: {
    what: 'The link’s totals are not the sums of its entries',
    look: 'This should never happen. Tell whoever operates this installation.',
  },
};

export const entryOf = ({ entry }: LocatedGap): string => (entry ? ENTRIES[entry] : 'Totals');

/** How far a balance has come, as far as that can be known. */
export function runText({ state, seconds }: BalanceRun): string {
  if (state === 'running')
    return `Being balanced, for ${lastedText(seconds ?? 0)}. A large day takes minutes.`;
  if (state === 'failing')
    return 'The last try failed, mostly because the gateway’s report could not be read whole. It is tried again by itself.';
  return 'Waits for its turn.';
}
