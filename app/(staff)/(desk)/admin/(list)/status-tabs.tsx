import Link from 'next/link';
import { statusLabel } from '@/app/_components/badge';
import type { LinkStatus } from '@/core/payment-link';
import type { LinkCounts } from '@/lib/payment-links';
import { filterFrom, hrefOf, type LinkFilter } from './filter';

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

type Props = { filter: LinkFilter; counts: LinkCounts | null; countedTo: number };

/** The states as tabs, with how many links each has of all; the choice is part of the address, so that it can be kept and shared. */
export function StatusTabs({ filter, counts, countedTo }: Props) {
  return (
    <nav aria-label="By status" className="-mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0 print:hidden">
      <ul className="flex gap-1 py-1 md:flex-wrap">
        {TABS.map((status) => {
          const { status: _other, ...rest } = filter;
          const current = filter.status === status;
          return (
            <li key={status ?? 'all'}>
              <Link
                href={hrefOf(filterFrom({ ...rest, ...(status && { status }) }))}
                prefetch={false}
                aria-current={current ? 'true' : undefined}
                className="inline-flex min-h-9 items-center rounded-full border border-line bg-surface px-2.5 text-sm font-medium whitespace-nowrap text-muted hover:text-ink aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:text-accent"
              >
                {status ? statusLabel(status) : 'All'}
                {status && counts && (
                  <span className="ms-1.5 font-normal tabular-nums">
                    {shortCount(counts[status], countedTo)}
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

const shortCount = (count: number, most: number): string =>
  count < most ? String(count) : `${most.toLocaleString('en')}+`;
