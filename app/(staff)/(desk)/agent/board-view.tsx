'use client';
import { useQuery } from '@tanstack/react-query';
import { Empty } from '@/app/_components/notice';
import { LinkTable } from '../_parts/link-table';
import { LIVE_MS, readJson } from '../_parts/live';
import { LiveDot, ReadProblem } from '../_parts/live-state';
import type { Board } from './board';

/** The agent's own links, live: what is still open first, then what ended lately. */
export function BoardView({ first, zone }: { first: Board; zone: string }) {
  const board = useQuery({
    queryKey: ['board'],
    queryFn: ({ signal }) => readJson<Board>('/api/staff/board', signal),
    initialData: first,
    refetchInterval: LIVE_MS,
  });
  const { outstanding, recent } = board.data;
  return (
    <div className="space-y-8">
      <section aria-labelledby="outstanding" className="space-y-3">
        <div className="flex items-center justify-between gap-4">
          <h2 id="outstanding" className="text-base font-semibold">
            Your outstanding links
          </h2>
          <LiveDot error={board.error} />
        </div>
        <ReadProblem error={board.error} />
        {outstanding.length > 0 ? (
          <LinkTable links={outstanding} zone={zone} mine />
        ) : (
          <Empty title="Nothing outstanding">
            <p>Press Payment to ask a customer for one. You can watch it here until it is paid.</p>
          </Empty>
        )}
      </section>
      {recent.length > 0 && (
        <section aria-labelledby="recent" className="space-y-3">
          <h2 id="recent" className="text-base font-semibold">
            Lately ended
          </h2>
          <LinkTable links={recent} zone={zone} mine />
        </section>
      )}
      <p className="text-sm text-muted">Times in {zone.replaceAll('_', ' ')}</p>
    </div>
  );
}
