'use client';
import { useActionState, useEffect, useRef } from 'react';
import { Button } from '@/app/_components/button';
import { EmailField } from '@/app/_components/email-field';
import { Notice } from '@/app/_components/notice';
import { PasswordField } from '@/app/_components/password-field';
import { askForPasskey, type SignInState, signInAction, usePasskey } from './actions';
import { PasskeyButton } from './passkey-button';

type Props = { next: string | null; error: string | null; hasPasskeys: boolean };

export function SignInForm({ next, error, hasPasskeys }: Props) {
  const [state, action, pending] = useActionState<SignInState, FormData>(signInAction, { email: '', error });
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!state.error || !state.email) return;
    form.current?.querySelector<HTMLInputElement>('#password')?.focus();
  }, [state]);
  return (
    <form ref={form} action={action} className="space-y-4">
      {state.error && !pending && <Notice tone="bad">{state.error}</Notice>}
      {next && <input type="hidden" name="next" value={next} />}
      <EmailField defaultValue={state.email} />
      <PasswordField label="Password" autoComplete="current-password" />
      <Button type="submit" disabled={pending} className="w-full">
        {pending ? 'Signing in…' : 'Sign in'}
      </Button>
      {hasPasskeys && (
        <PasskeyButton
          label="Use a passkey"
          className="w-full"
          ask={askForPasskey}
          answer={usePasskey}
          onProved={() => window.location.assign(next ?? '/')}
        />
      )}
    </form>
  );
}
