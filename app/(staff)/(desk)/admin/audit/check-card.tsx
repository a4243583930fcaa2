'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { Badge } from '@/app/_components/badge';
import { Button } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { countOf } from '@/app/_components/format';
import { Notice } from '@/app/_components/notice';
import { Time } from '@/app/_components/time';
import type { AuditCheck, AuditStanding } from '@/lib/audit';
import { LIVE_MS } from '../../_parts/live';
import { useAct } from '../../_parts/use-act';
import { checkNow } from './actions';

type Props = { standing: AuditStanding; zone: string };

/** Whether the trail is as it was written: sealed up to when, checked when, and what was found. */
export function CheckCard({ standing, zone }: Props) {
  const router = useRouter();
  const { pending, act } = useAct(['audit']);
  const { running, last, sealed, sealedThrough } = standing;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => router.refresh(), LIVE_MS);
    return () => clearInterval(timer);
  }, [running, router]);
  const check = () => act(checkNow, 'The check has begun.', () => router.refresh());
  return (
    <Card
      id="check"
      title="Is it as it was written?"
      aside={
        <Button kind="secondary" disabled={pending || running !== null} onClick={check}>
          Verify now
        </Button>
      }
    >
      <div className="space-y-3">
        <p className="max-w-prose text-muted">
          Each entry is sealed behind the one before, with a key that is not in the database. An entry that
          was changed, taken out or put in later is found.
        </p>
        <p>
          {sealedThrough ? (
            <>
              {countOf(sealed)} entries of this installation are sealed, up to{' '}
              <Time at={sealedThrough} zone={zone} style="full" />.
            </>
          ) : (
            'Nothing is sealed yet: no worker has run.'
          )}
        </p>
        {running ? <Progress check={running} /> : <Result last={last} zone={zone} />}
      </div>
    </Card>
  );
}

const Progress = ({ check: { entries, ofEntries } }: { check: AuditCheck }) => (
  <div>
    <label htmlFor="check-progress">
      Checking: {countOf(entries)} of {countOf(ofEntries)} entries
    </label>
    <progress
      id="check-progress"
      max={Math.max(ofEntries, 1)}
      value={Math.min(entries, ofEntries)}
      className="mt-1 block w-full accent-accent"
    />
  </div>
);

function Result({ last, zone }: { last: AuditCheck | null; zone: string }) {
  if (!last?.endedAt) return <p>It was not verified yet.</p>;
  const when = <Time at={last.endedAt} zone={zone} style="long" />;
  if (last.failure)
    return (
      <Notice tone="warn">
        The check of {when} did not end. {last.failure}
      </Notice>
    );
  if (last.faults.length === 0)
    return (
      <p className="flex flex-wrap items-center gap-2" role="status">
        <Badge tone="ok">Whole</Badge>
        <span>
          Verified {when}: {countOf(last.entries)} entries, nothing wrong.
        </span>
      </p>
    );
  return (
    <Notice tone="bad">
      <p className="font-semibold">Not as it was written. Verified {when}. First what is wrong first:</p>
      <ul className="mt-2 list-disc space-y-1 ps-5">
        {last.faults.slice(0, 10).map((fault) => (
          <li key={fault} className="break-words">
            {fault}
          </li>
        ))}
      </ul>
      {last.faults.length > 10 && <p className="mt-1">And {last.faults.length - 10} more.</p>}
    </Notice>
  );
}
