'use client';
import { useRouter } from 'next/navigation';
import { Badge } from '@/app/_components/badge';
import { Button } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { Ago, Time } from '@/app/_components/time';
import type { OwnSession } from '@/lib/auth';
import { useAct } from '../../_parts/use-act';
import { endOtherSessions, endSession } from '../actions';

type Props = { sessions: OwnSession[]; zone: string };

/** Where somebody is signed in. What is ended is out at its next click. */
export function SessionList({ sessions, zone }: Props) {
  const router = useRouter();
  const { pending, act } = useAct(['account']);
  const hasOthers = sessions.some(({ isThis }) => !isThis);
  const endOthers = (
    <Button
      kind="secondary"
      disabled={pending}
      onClick={() => act(endOtherSessions, 'All others are signed out.', router.refresh)}
    >
      Sign out all others
    </Button>
  );
  return (
    <Card id="sessions" title="Where you are signed in" aside={hasOthers && endOthers}>
      <p className="text-muted">
        A session ends by itself after 15 minutes without you. If you do not know one, sign it out and change
        your password.
      </p>
      <ul aria-label="Sessions" className="mt-2 divide-y divide-line">
        {sessions.map(({ id, isThis, device, address, since, lastSeenAt }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {device} {isThis && <Badge tone="ok">This one</Badge>}
              </p>
              <p className="text-sm text-muted">
                {address && <>From {address} · </>}since <Time at={since} zone={zone} /> · last active{' '}
                <Ago at={lastSeenAt} />
              </p>
            </div>
            {!isThis && (
              <Button
                kind="secondary"
                disabled={pending}
                aria-label={`Sign out: ${device}`}
                onClick={() => act(() => endSession(id), 'It is signed out.', router.refresh)}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
