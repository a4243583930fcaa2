'use client';
import Link from 'next/link';
import { CheckIcon } from '@/app/_components/icons';
import { Empty } from '@/app/_components/notice';
import type { Needs } from '@/lib/contracts/reconciliation';
import { LiveDot, ReadProblem } from '../../_parts/live-state';
import { Waiting } from '../../_parts/waiting';
import { NEEDS, needsSomebody } from './_parts/needs';
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
          {waiting.map(({ need, path, title, what }) => (
            <Waiting key={need} path={path} title={title} what={what} count={needs[need]} />
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
