'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Badge } from '@/app/_components/badge';
import { Button } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import type { ReminderBasis } from '@/core/reminders';
import type { ProfileSettings } from '@/lib/payment-profiles';
import { ActDialog } from '../../../_parts/act-dialog';
import { useAct } from '../../../_parts/use-act';
import { setReminders } from './actions';
import { ReminderFields, remindersOf, timeInWords } from './reminder-fields';

const KEY = ['profiles'];
const BASES: Record<ReminderBasis, string> = { issue: 'after the issue', expiry: 'before the end' };

type Props = { profile: ProfileSettings; maySet: boolean; sample: string | null };

/** When customers of unpaid links are reminded, when they are left in peace, and what they read. */
export function RemindersCard({ profile, maySet, sample }: Props) {
  const router = useRouter();
  const { pending, act } = useAct(KEY);
  const [asked, setAsked] = useState(false);
  const { id, reminders, quietHours } = profile;
  const times = [
    ...reminders.afterIssue.map((minutes) => `${timeInWords(minutes)} ${BASES.issue}`),
    ...reminders.beforeExpiry.map((minutes) => `${timeInWords(minutes)} ${BASES.expiry}`),
  ];
  const isOn = times.length > 0;
  const none = { afterIssue: [], beforeExpiry: [] };
  return (
    <Card
      id="reminders"
      title="Reminders"
      aside={<Badge tone={isOn ? 'ok' : 'plain'}>{isOn ? 'On' : 'Off'}</Badge>}
    >
      {isOn ? (
        <ul className="list-disc ps-5">
          {times.map((time) => (
            <li key={time}>{time}</li>
          ))}
        </ul>
      ) : (
        <p>Nobody is reminded of a link that is not paid.</p>
      )}
      {quietHours && (
        <p className="mt-2">
          Not between {quietHours.slice(0, 5)} and {quietHours.slice(6)}, by the customer’s clock.
        </p>
      )}
      <p className="mt-2 max-w-prose text-sm text-muted">
        By the way the link was sent. Never once it is paid, while somebody pays, or to who answered STOP or
        unsubscribed.
      </p>
      {sample && (
        <details className="mt-3">
          <summary className="cursor-pointer text-accent">What it says by SMS</summary>
          <p className="mt-2 rounded-lg bg-sunken px-3 py-2 break-words">{sample}</p>
        </details>
      )}
      {maySet && (
        <div className="mt-4 flex flex-wrap gap-2">
          <Button kind={isOn ? 'secondary' : 'primary'} onClick={() => setAsked(true)}>
            {isOn ? 'Change reminders' : 'Switch reminders on'}
          </Button>
          {isOn && (
            <Button
              kind="secondary"
              disabled={pending}
              onClick={() =>
                act(
                  () => setReminders({ profile: id, reminders: none, quietHours }),
                  'Nobody is reminded any more.',
                  () => router.refresh(),
                )
              }
            >
              Switch off
            </Button>
          )}
        </div>
      )}
      <ActDialog
        open={asked}
        onClose={() => setAsked(false)}
        wide
        title="When customers are reminded"
        label="Save"
        working="Saving…"
        done="The reminders are saved."
        queryKey={KEY}
        explain={({ code, message }) =>
          code === 'invalid'
            ? 'A reminder is at least a minute and at most 72 hours away, each is there once, and quiet hours begin and end at different times.'
            : message
        }
        onSubmit={async (form) => {
          const outcome = await setReminders({ profile: id, ...remindersOf(form) });
          if (outcome.ok) router.refresh();
          return outcome;
        }}
      >
        <ReminderFields before={profile} />
      </ActDialog>
    </Card>
  );
}
