'use client';
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { Notice } from '@/app/_components/notice';
import { PasswordField } from '@/app/_components/password-field';
import type { AppError } from '@/core/outcome';
import { useAct } from '../_parts/use-act';
import { setPassword } from './actions';

/** A new password in the place of the old one. */
export function PasswordCard({ minCharacters }: { minCharacters: number }) {
  const { pending, act } = useAct(['account']);
  const [error, setError] = useState<AppError | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const problemOf = (path: string) =>
    pending ? undefined : error?.errors?.find((one) => one.path === path)?.message;
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const input = { current: typed.get('current'), password: typed.get('password') };
    const done = () => {
      setError(null);
      form.current?.reset();
    };
    act(() => setPassword(input), 'Your password is changed. Everything else is signed out.', done, setError);
  };
  const wrong = problemOf('current');
  return (
    <Card id="password-card" title="Password">
      <form ref={form} onSubmit={save} aria-busy={pending} className="max-w-md space-y-4">
        {error && !error.errors && !pending && <Notice tone="bad">{error.message}</Notice>}
        <PasswordField
          name="current"
          label="Current password"
          autoComplete="current-password"
          error={wrong && `This password ${wrong}.`}
        />
        <PasswordField
          label="New password"
          autoComplete="new-password"
          error={problemOf('password')}
          hint={`At least ${minCharacters} characters. A few words that do not belong together are easy to keep.`}
        />
        <Button type="submit" disabled={pending}>
          {pending ? 'Changing…' : 'Change password'}
        </Button>
      </form>
    </Card>
  );
}
