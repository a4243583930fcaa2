'use client';
import { useActionState, useEffect, useState } from 'react';
import { Button } from '@/app/_components/button';
import { Notice } from '@/app/_components/notice';
import { PasswordField } from '@/app/_components/password-field';
import { type SetPasswordState, setPasswordAction } from './actions';

const NO_SECRET =
  'This address is not complete. Open the link as it was given to you, to its last character.';

export function SetPasswordForm({ minCharacters }: { minCharacters: number }) {
  const [state, action, pending] = useActionState<SetPasswordState, FormData>(setPasswordAction, {});
  const [secret, setSecret] = useState<string>();
  useEffect(() => setSecret(window.location.hash.slice(1)), []);
  if (secret === '') return <Notice tone="bad">{NO_SECRET}</Notice>;
  return (
    <form action={action} className="space-y-4">
      {state.error && !pending && <Notice tone="bad">{state.error}</Notice>}
      <input type="hidden" name="secret" value={secret ?? ''} />
      <PasswordField
        label="New password"
        autoComplete="new-password"
        error={pending ? undefined : state.problem}
        hint={`At least ${minCharacters} characters. A few words that do not belong together are easy to keep.`}
      />
      <Button type="submit" disabled={pending || !secret} className="w-full">
        {pending ? 'Setting…' : 'Set password'}
      </Button>
    </form>
  );
}
