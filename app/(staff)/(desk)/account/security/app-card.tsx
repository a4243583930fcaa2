'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { Badge } from '@/app/_components/badge';
import { Button } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { TextField } from '@/app/_components/field';
import { Time } from '@/app/_components/time';
import { AppSecret } from '@/app/(staff)/_parts/app-secret';
import type { Added } from '@/app/(staff)/_parts/new-passkey';
import type { AppError } from '@/core/outcome';
import { useAct } from '../../_parts/use-act';
import { ActButton } from './act-button';
import { askNewApp, dropApp, saveApp } from './actions';

type NewApp = { secret: string; uri: string; state: string };
type Props = { app: { createdAt: string } | null; zone: string; onAdded: (added: Added) => void };

/** The authenticator app: set up, in the place of an earlier one, or removed. */
export function AppCard({ app, zone, onAdded }: Props) {
  const [fresh, setFresh] = useState<NewApp | null>(null);
  const ask = async () => {
    const outcome = await askNewApp();
    if (outcome.ok) setFresh(outcome.value);
    return outcome;
  };
  return (
    <Card
      id="app"
      title="Authenticator app"
      aside={<Badge tone={app ? 'ok' : 'plain'}>{app ? 'On' : 'Off'}</Badge>}
    >
      <p className="text-muted">
        {app ? (
          <>
            It shows the codes that you sign in with. Set up <Time at={app.createdAt} zone={zone} />.
          </>
        ) : (
          'An app on your phone shows a new code every 30 seconds.'
        )}
      </p>
      {fresh ? (
        <Scan fresh={fresh} onAdded={onAdded} onEnd={() => setFresh(null)} />
      ) : (
        <div className="mt-3 flex flex-wrap gap-2">
          <ActButton
            open={app ? 'Use another phone' : 'Set up'}
            title={app ? 'Use another phone?' : 'Set up an authenticator app'}
            label="Show the QR code"
            working="Making…"
            done="Scan the QR code with your app."
            onSubmit={ask}
          >
            <p className="text-muted">
              {app
                ? 'The app on the phone that you have now works until the new one has shown a right code.'
                : 'You need an authenticator app on your phone. It scans a QR code and then shows your codes.'}
            </p>
          </ActButton>
          {app && <DropApp />}
        </div>
      )}
    </Card>
  );
}

const DropApp = () => (
  <ActButton
    open="Remove"
    title="Remove the authenticator app?"
    label="Remove"
    working="Removing…"
    done="The app is removed."
    danger
    onSubmit={dropApp}
  >
    <p className="text-muted">Its codes sign you in no more.</p>
  </ActButton>
);

type ScanProps = { fresh: NewApp; onAdded: (added: Added) => void; onEnd: () => void };

function Scan({ fresh, onAdded, onEnd }: ScanProps) {
  const router = useRouter();
  const { pending, act } = useAct(['account']);
  const [error, setError] = useState<AppError | null>(null);
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code') ?? '');
    const work = async () => {
      const outcome = await saveApp({ state: fresh.state, code });
      if (outcome.ok) onAdded(outcome.value);
      return outcome;
    };
    const then = () => {
      onEnd();
      router.refresh();
    };
    act(work, 'The app is set up.', then, setError);
  };
  return (
    <form onSubmit={save} aria-busy={pending} className="mt-4 max-w-sm space-y-4">
      <AppSecret secret={fresh.secret} uri={fresh.uri} />
      <TextField
        name="code"
        label="Code that the app shows"
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={40}
        required
        error={pending ? undefined : error?.message}
      />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" disabled={pending}>
          {pending ? 'Setting up…' : 'Set up'}
        </Button>
        <Button kind="secondary" onClick={onEnd}>
          Leave it
        </Button>
      </div>
    </form>
  );
}
