'use client';
import { useActionState } from 'react';
import { Button } from '@/app/_components/button';
import { EmailField } from '@/app/_components/email-field';
import { Notice } from '@/app/_components/notice';
import { type ForgotState, forgotAction } from './actions';

export function ForgotForm() {
  const [state, action, pending] = useActionState<ForgotState, FormData>(forgotAction, { email: '' });
  if (state.isAsked)
    return (
      <Notice tone="info">
        <p className="font-semibold">Look into your mailbox.</p>
        <p className="mt-1">
          If {state.email} has an account here, an e-mail with a link is on its way. It works once, for 24
          hours. You get at most five a day.
        </p>
      </Notice>
    );
  return (
    <form action={action} className="space-y-4">
      <EmailField defaultValue={state.email} error={pending ? undefined : state.error} />
      <Button type="submit" disabled={pending} className="w-full">
        {pending ? 'Sending…' : 'Send the link'}
      </Button>
    </form>
  );
}
