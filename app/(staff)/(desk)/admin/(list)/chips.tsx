import Link from 'next/link';
import { statusLabel } from '@/app/_components/badge';
import { buttonClass } from '@/app/_components/button';
import type { FilterChoices } from '@/lib/payment-links';
import { filterFrom, hrefOf, type LinkFilter, queryOf } from './filter';
import { chipsOf } from './words';

/** What the list is narrowed to; each part is taken away by a press, or all at once. */
export function FilterChips({ filter, choices }: { filter: LinkFilter; choices: FilterChoices }) {
  if (queryOf(filter) === '') return null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <p className="hidden print:block">
        {[filter.status && statusLabel(filter.status), filter.q && `“${filter.q}”`]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <ul aria-label="Chosen" className="contents">
        {chipsOf(filter, choices).map(({ label, names }) => (
          <li key={label} className="max-w-full">
            <Link
              href={hrefOf(filterFrom({ ...filter, ...Object.fromEntries(names.map((name) => [name, ''])) }))}
              prefetch={false}
              aria-label={`Without: ${label}`}
              className="inline-flex min-h-9 max-w-full items-center gap-2 rounded-full border border-accent bg-accent-soft px-3.5 text-sm font-medium text-accent"
            >
              <span className="truncate" suppressHydrationWarning>
                {label}
              </span>
              <span aria-hidden="true" className="print:hidden">
                ×
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <Link href="/admin" className={buttonClass('quiet', 'min-h-9! print:hidden')}>
        Reset
      </Link>
    </div>
  );
}
