'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { Needs } from '@/lib/contracts/reconciliation';
import { MONEY_HOME as HOME, MONEY_PARTS as PARTS } from './parts';
import { useNeeds } from './use-needs';
import { countText } from './words';

/** Moves the line of parts, where it is longer than the screen, to the current one. */
const moveTo = (link: HTMLAnchorElement | null): void => {
  const line = link?.closest('nav');
  if (link && line) line.scrollLeft = link.offsetLeft - 16;
};

/** The parts of the money, each with how much waits in it. On a phone they are one line that is moved to the current one. */
export function MoneyNav({ needs: first }: { needs: Needs }) {
  const path = usePathname();
  const { data: needs } = useNeeds(first);
  return (
    <nav aria-label="Money" className="relative -mx-4 mb-6 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      <ul className="flex gap-1.5 py-1">
        {PARTS.map(([part, label, need]) => {
          const count = need ? needs[need] : 0;
          const current = part === '' ? path === HOME : path.startsWith(HOME + part);
          return (
            <li key={part}>
              <Link
                ref={current ? moveTo : null}
                href={HOME + part}
                prefetch={false}
                aria-current={current ? 'page' : undefined}
                className="inline-flex min-h-9 items-center gap-2 rounded-full border border-line bg-surface px-3.5 text-sm font-medium whitespace-nowrap text-muted hover:text-ink aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:text-accent"
              >
                {label}
                {count > 0 && (
                  <span className="rounded-full bg-warn-soft px-1.5 text-xs font-semibold text-warn tabular-nums">
                    {countText(count)}
                    <span className="sr-only"> waiting</span>
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
