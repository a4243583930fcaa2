'use client';
import Link from 'next/link';
import type { Needs } from '@/lib/contracts/reconciliation';
import { NEEDS, needsSomebody } from '../money/_parts/needs';
import { useNeeds } from '../money/_parts/use-needs';
import { countText } from '../money/_parts/words';

/** What of the money waits for a person, in one line; nothing where nothing does. */
export function NeedsStrip({ first }: { first: Needs }) {
  const { data: needs } = useNeeds(first);
  return (
    <div aria-live="polite" className="print:hidden">
      {needsSomebody(needs) && (
        <section
          aria-label="Needs you"
          className="mb-5 flex flex-wrap items-baseline gap-x-4 gap-y-1 rounded-lg border border-warn/40 bg-warn-soft px-4 py-2.5 text-warn"
        >
          <h2 className="font-semibold">Needs you</h2>
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {NEEDS.filter(({ need }) => needs[need] > 0).map(({ need, path, short }) => (
              <li key={need}>
                <Link href={path} prefetch={false} className="underline underline-offset-2">
                  {short(countText(needs[need]), needs[need] === 1)}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
