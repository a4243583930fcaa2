'use client';
import Link from 'next/link';
import { useActionState } from 'react';
import { Button } from '@/app/_components/button';
import { TextField } from '@/app/_components/field';
import { Notice } from '@/app/_components/notice';
import { PasskeyButton } from '../passkey-button';
import { askPasskeyStep, type CodeState, enterCodeAction, usePasskeyStep } from './actions';

type Props = {
  next: string | null;
  has: { app: boolean; passkey: boolean; recoveryCodes: boolean };
  withRecovery: boolean;
};

const here = (next: string | null, more: Record<string, string>): string =>
  `/sign-in/second-step?${new URLSearchParams({ ...more, ...(next && { next }) })}`;

export function CodeForm({ next, has, withRecovery }: Props) {
  const isRecovery = has.recoveryCodes && (withRecovery || (!has.app && !has.passkey));
  return (
    <div className="space-y-4">
      <header>
        <h1 className="text-2xl font-semibold tracking-tight">Confirm that it is you</h1>
        <p className="mt-1 text-muted">{isRecovery ? ABOUT.recovery : has.app ? ABOUT.app : ABOUT.passkey}</p>
      </header>
      {has.passkey && !isRecovery && (
        <PasskeyButton
          label="Use a passkey"
          kind={has.app ? 'secondary' : 'primary'}
          className="w-full"
          ask={askPasskeyStep}
          answer={usePasskeyStep}
          onProved={() => window.location.assign(next ?? '/')}
        />
      )}
      {(has.app || isRecovery) && <Code key={String(isRecovery)} next={next} isRecovery={isRecovery} />}
      {has.recoveryCodes && (
        <p className="text-center text-sm">
          <Link
            href={here(next, isRecovery ? {} : { with: 'recovery' })}
            prefetch={false}
            className="inline-flex min-h-10 items-center font-medium text-accent underline"
          >
            {isRecovery ? 'Back' : 'Use a recovery code'}
          </Link>
        </p>
      )}
    </div>
  );
}

const ABOUT = {
  app: 'Type the code that your authenticator app shows now.',
  passkey: 'Use your passkey. It asks for your fingerprint, face or PIN.',
  recovery: 'Type one of the recovery codes that you kept. Each works once.',
};

function Code({ next, isRecovery }: { next: string | null; isRecovery: boolean }) {
  const [state, action, pending] = useActionState<CodeState, FormData>(enterCodeAction, { error: null });
  return (
    <form action={action} className="space-y-4">
      {state.error && !pending && <Notice tone="bad">{state.error}</Notice>}
      {next && <input type="hidden" name="next" value={next} />}
      <TextField
        name="code"
        label={isRecovery ? 'Recovery code' : 'Code'}
        autoComplete={isRecovery ? 'off' : 'one-time-code'}
        inputMode={isRecovery ? 'text' : 'numeric'}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        required
        className="font-mono text-lg tracking-widest"
      />
      <Button type="submit" disabled={pending} className="w-full">
        {pending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  );
}
