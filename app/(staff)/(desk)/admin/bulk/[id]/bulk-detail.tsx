'use client';
import { useQuery } from '@tanstack/react-query';
import { Button } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { Time } from '@/app/_components/time';
import type { BulkAct } from '@/lib/contracts/bulk-acts';
import { readJson } from '../../../_parts/live';
import { LiveDot, ReadProblem } from '../../../_parts/live-state';
import { useAct } from '../../../_parts/use-act';
import { stopBulk } from '../actions';
import { bulkStateText, bulkText, progressText } from '../words';
import { LeftLinks } from './left-links';

const MOVING_MS = 1000;
type Props = { first: BulkAct; zone: string; mayStop: boolean };

/** How far an act on many links is, live; until it has ended it can be taken back or stopped. */
export function BulkDetail({ first, zone, mayStop }: Props) {
  const queryKey = ['bulk-act', first.id];
  const { data: act, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => readJson<BulkAct>(`/api/staff/bulk-acts/${first.id}`, signal),
    initialData: first,
    refetchInterval: ({ state }) => (state.data?.endedAt ? false : MOVING_MS),
  });
  const stop = useAct(queryKey);
  const waits = act.state === 'waiting';
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-2xl font-semibold tracking-tight">{bulkText(act)}</h1>
        {!act.endedAt && <LiveDot error={error} />}
      </div>
      <ReadProblem error={error} />
      <Card id="state" title={bulkStateText(act)}>
        {act.state === 'running' && (
          <progress
            aria-label="Links that are done"
            value={act.done + act.left}
            max={act.links}
            className="h-3 w-full overflow-hidden rounded-full accent-accent"
          />
        )}
        <p aria-live="polite" className="mt-1 tabular-nums">
          {waits ? 'Nothing is done yet.' : progressText(act)}
        </p>
        {act.reason && <p className="mt-1">Why: {act.reason}</p>}
        <p className="mt-3 text-sm text-muted">
          Asked for by {act.createdBy}, <Time at={act.createdAt} zone={zone} />.
          {!act.endedAt && ' You can close this page: it goes on.'}
        </p>
        {!act.endedAt && mayStop && (
          <Button
            kind={waits ? 'primary' : 'secondary'}
            className="mt-4"
            disabled={stop.pending}
            onClick={() => stop.act(() => stopBulk(act.id), waits ? 'It is taken back.' : 'It is stopped.')}
          >
            {waits ? 'Undo' : 'Stop'}
          </Button>
        )}
      </Card>
      {act.left > 0 && <LeftLinks id={act.id} ended={act.endedAt !== null} />}
    </div>
  );
}
