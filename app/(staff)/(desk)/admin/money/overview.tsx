'use client';
import Link from 'next/link';
import { CheckIcon, ChevronIcon } from '@/app/_components/icons';
import { Empty } from '@/app/_components/notice';
import type { Needs } from '@/lib/contracts/reconciliation';
import { LiveDot, ReadProblem } from '../../_parts/live-state';
import { NEEDS, type Need, needsSomebody } from './_parts/needs';
import { useNeeds } from './_parts/use-needs';
import { countText } from './_parts/words';

/** Each list with how much waits in it; what waits stands first. */
export function Overview({ first }: { first: Needs }) {
  const { data: needs, error } = useNeeds(first);
  const waiting = NEEDS.filter(({ need }) => needs[need] > 0);
  const quiet = NEEDS.filter(({ need }) => needs[need] === 0);
  return (
    <div className="max-w-3xl space-y-5">
      <div className="flex justify-end">
        <LiveDot error={error} />
      </div>
      <ReadProblem error={error} />
      {!needsSomebody(needs) && (
        <Empty title="Nothing needs you">
          <p>Every outcome is known, the balances agree, and nothing was set aside.</p>
        </Empty>
      )}
      {waiting.length > 0 && (
        <ul className="space-y-3">
          {waiting.map((one) => (
            <Waiting key={one.need} one={one} count={needs[one.need]} />
          ))}
        </ul>
      )}
      {quiet.length > 0 && (
        <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
          {quiet.map(({ need, path, title }) => (
            <li key={need}>
              <Link
                href={path.split('?')[0] ?? path}
                prefetch={false}
                className="flex min-h-12 items-center gap-3 px-4 py-2 hover:bg-sunken sm:px-5"
              >
                <CheckIcon className="size-4 text-ok" />
                <span className="flex-1">{title}</span>
                <span className="text-sm text-muted">
                  {need === 'unknownLong' && needs.unknown > 0
                    ? `${countText(needs.unknown)} being asked`
                    : 'none'}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const Waiting = ({ one, count }: { one: Need; count: number }) => (
  <li className="relative flex items-center gap-4 rounded-xl border border-warn/40 bg-surface p-4 shadow-card hover:bg-sunken/60 sm:px-5">
    <span className="grid min-w-12 place-items-center rounded-lg bg-warn-soft px-2 py-1.5 text-xl font-semibold text-warn tabular-nums">
      {countText(count)}
    </span>
    <div className="min-w-0 flex-1">
      <Link href={one.path} prefetch={false} className="font-semibold after:absolute after:inset-0">
        {one.title}
      </Link>
      <p className="text-sm text-muted">{one.what}</p>
    </div>
    <ChevronIcon className="size-5 -rotate-90 text-muted" />
  </li>
);
