'use client';
import { useActionState, useEffect, useRef } from 'react';
import { Button, buttonClass } from '@/app/_components/button';
import { EmailField } from '@/app/_components/email-field';
import { Notice } from '@/app/_components/notice';
import { findProvider } from './actions';

/** Asks for the e-mail address and, where its domain has a provider, offers the way there. */
export function FindProvider({ next }: { next: string | null }) {
  const [state, action, pending] = useActionState(findProvider, { email: '', start: null, error: null });
  const way = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (state.start) way.current?.focus();
  }, [state]);
  return (
    <form action={action} className="space-y-4">
      {state.error && !pending && <Notice tone="bad">{state.error}</Notice>}
      {next && <input type="hidden" name="next" value={next} />}
      <EmailField defaultValue={state.email} />
      {state.start ? (
        <a ref={way} href={state.start} className={`${buttonClass('primary')} w-full`}>
          Continue with single sign-on
        </a>
      ) : (
        <Button type="submit" disabled={pending} className="w-full">
          {pending ? 'Looking…' : 'Go on'}
        </Button>
      )}
    </form>
  );
}
