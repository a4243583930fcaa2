'use client';
import { useActionState, useEffect, useRef, useState } from 'react';
import { Button } from '@/app/_components/button';
import { TextField } from '@/app/_components/field';
import { Notice } from '@/app/_components/notice';
import { type SignInState, signInAction } from './actions';

export function SignInForm({ next, error }: { next: string | null; error: string | null }) {
  const [state, action, pending] = useActionState<SignInState, FormData>(signInAction, { email: '', error });
  const [shown, setShown] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!state.error || !state.email) return;
    form.current?.querySelector<HTMLInputElement>('#password')?.focus();
  }, [state]);
  return (
    <form ref={form} action={action} className="space-y-4">
      {state.error && !pending && <Notice tone="bad">{state.error}</Notice>}
      {next && <input type="hidden" name="next" value={next} />}
      <TextField
        key={state.email}
        name="email"
        label="E-mail"
        type="email"
        autoComplete="username"
        defaultValue={state.email}
        required
        maxLength={254}
        spellCheck={false}
        autoCapitalize="none"
      />
      <div className="relative">
        <TextField
          name="password"
          label="Password"
          type={shown ? 'text' : 'password'}
          autoComplete="current-password"
          required
          maxLength={256}
          spellCheck={false}
          autoCapitalize="none"
          className="pe-20"
        />
        <button
          type="button"
          onClick={() => setShown(!shown)}
          aria-pressed={shown}
          aria-label="Show password"
          className="absolute end-1 bottom-1 min-h-8 rounded-md px-3 text-sm font-medium text-accent hover:bg-accent-soft"
        >
          {shown ? 'Hide' : 'Show'}
        </button>
      </div>
      <Button type="submit" disabled={pending} className="w-full">
        {pending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  );
}
