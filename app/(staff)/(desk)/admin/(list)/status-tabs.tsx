import Link from 'next/link';
import { statusLabel } from '@/app/_components/badge';
import type { LinkStatus } from '@/core/payment-link';
import { hrefOf, type LinkFilter } from './filter';

const TABS: (LinkStatus | undefined)[] = [
  undefined,
  'active',
  'processing',
  'partially_paid',
  'paid',
  'locked',
  'expired',
  'canceled',
  'partially_refunded',
  'refunded',
  'disputed',
];

/** The states as tabs; the choice is part of the address, so that it can be kept and shared. */
export function StatusTabs({ filter }: { filter: LinkFilter }) {
  return (
    <nav aria-label="By status" className="-mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      <ul className="flex gap-1.5 py-1">
        {TABS.map((status) => {
          const { status: _other, ...rest } = filter;
          const current = filter.status === status;
          return (
            <li key={status ?? 'all'}>
              <Link
                href={hrefOf({ ...rest, ...(status && { status }) })}
                prefetch={false}
                aria-current={current ? 'true' : undefined}
                className="inline-flex min-h-9 items-center rounded-full border border-line bg-surface px-3.5 text-sm font-medium whitespace-nowrap text-muted hover:text-ink aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:text-accent"
              >
                {status ? statusLabel(status) : 'All'}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
