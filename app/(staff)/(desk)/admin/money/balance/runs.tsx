'use client';
import { useQuery } from '@tanstack/react-query';
import { dayText } from '@/app/_components/format';
import type { BalanceRun } from '@/lib/contracts/reconciliation';
import { LIVE_MS, readJson } from '../../../_parts/live';
import type { BalanceWork } from './read';
import { runText } from './words';

export const useWork = (first: BalanceWork) =>
  useQuery({
    queryKey: ['money', 'balance-work'],
    queryFn: ({ signal }) => readJson<BalanceWork>('/api/staff/money/balance-work', signal),
    initialData: first,
    refetchInterval: LIVE_MS,
  });

/** A balance that is under way: how long, and whether it moves. */
export const Run = ({ run, name }: { run: BalanceRun; name: string }) => (
  <div>
    <p>
      <span className="font-medium">{name}</span> · {run.day === null ? 'the last days' : dayText(run.day)}
    </p>
    {run.state === 'running' && (
      <progress aria-label={`Balance of ${name}`} className="mt-1 block h-1.5 w-full accent-accent" />
    )}
    <p className="text-sm text-muted" suppressHydrationWarning>
      {runText(run)}
    </p>
  </div>
);

/** What is being balanced now, or waits for it. */
export function Runs({ work: { runs, profiles } }: { work: BalanceWork }) {
  const nameOf = (id: string) => profiles.find((one) => one.id === id)?.name ?? id;
  return (
    <div aria-live="polite">
      {runs.length > 0 && (
        <ul
          aria-label="Under way"
          className="space-y-3 rounded-xl border border-info/40 bg-surface p-4 shadow-card sm:px-5"
        >
          {runs.map((run) => (
            <li key={`${run.profile} ${run.day}`}>
              <Run run={run} name={nameOf(run.profile)} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
