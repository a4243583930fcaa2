'use client';
import { useActionState, useState } from 'react';
import { Button } from '@/app/_components/button';
import { TextField } from '@/app/_components/field';
import { Notice } from '@/app/_components/notice';
import { AppSecret } from '@/app/(staff)/_parts/app-secret';
import { NewPasskeyButton } from '@/app/(staff)/_parts/new-passkey';
import { RecoveryCodes } from '@/app/(staff)/_parts/recovery-codes';
import { addFirstPasskey, askFirstPasskey, finishAction, type SetUpState, setUpAppAction } from './actions';

type App = { secret: string; uri: string; state: string };
type Props = { next: string | null; isProved: boolean; app: App | null; hasPasskeys: boolean };

/** The first second factor, before anything else can be done. */
export function SetUp({ next, isProved, app, hasPasskeys }: Props) {
  const [state, action, pending] = useActionState<SetUpState, FormData>(setUpAppAction, {
    error: null,
    codes: null,
  });
  const [codes, setCodes] = useState<string[] | null>(null);
  const made = codes ?? state.codes;
  const shown = state.app ?? app;
  if (made || isProved || !shown) return <Done next={next} codes={made} />;
  return (
    <div className="space-y-4">
      <header>
        <h1 className="text-2xl font-semibold tracking-tight">Set up a second factor</h1>
        <p className="mt-1 text-muted">
          A password alone is not enough here. Scan this with an authenticator app on your phone, then type
          the code that it shows.
        </p>
      </header>
      <form action={action} className="space-y-4">
        {state.error && !pending && <Notice tone="bad">{state.error}</Notice>}
        <AppSecret secret={shown.secret} uri={shown.uri} />
        {(['secret', 'uri', 'state'] as const).map((name) => (
          <input key={name} type="hidden" name={name} value={shown[name]} />
        ))}
        <TextField
          name="code"
          label="Code"
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={40}
          required
          className="font-mono text-lg tracking-widest"
        />
        <Button type="submit" disabled={pending} className="w-full">
          {pending ? 'Setting up…' : 'Set up'}
        </Button>
      </form>
      {hasPasskeys && (
        <NewPasskeyButton
          label="Use a passkey instead"
          className="w-full"
          name="First passkey"
          ask={askFirstPasskey}
          add={addFirstPasskey}
          onAdded={(added) => setCodes(added.recoveryCodes ?? [])}
        />
      )}
    </div>
  );
}

const Done = ({ next, codes }: { next: string | null; codes: string[] | null }) => (
  <form action={finishAction} className="space-y-4">
    <h1 className="text-2xl font-semibold tracking-tight">Your second factor is set up</h1>
    {codes && codes.length > 0 && <RecoveryCodes codes={codes} />}
    {next && <input type="hidden" name="next" value={next} />}
    <Button type="submit" className="w-full">
      {codes ? 'I have kept them: go on' : 'Go on'}
    </Button>
  </form>
);
