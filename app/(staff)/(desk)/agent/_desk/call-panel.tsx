'use client';
import { type FormEvent, useState } from 'react';
import { Button } from '@/app/_components/button';
import { cx } from '@/app/_components/cx';
import { TextField } from '@/app/_components/field';
import { CallIcon } from '@/app/_components/icons';
import { NO_CARD } from '@/app/_components/no-card';
import { holdsCardNumber } from '@/core/card-rules';
import type { AgentCall } from '@/lib/payment-sessions';

type Props = {
  call: AgentCall | undefined;
  error: Error | null;
  /** The call that was named, in the address or by hand; null: the one the agent is on. */
  named: string | null;
  onName: (call: string | null) => void;
};

/** The call that the agent is on, as the telephony provider tells it. */
export function CallPanel({ call, error, named, onName }: Props) {
  const found = call?.call ?? null;
  const active = found?.state === 'active';
  return (
    <section
      aria-labelledby="call-title"
      className="rounded-xl border border-line bg-surface p-4 shadow-card"
    >
      <h2 id="call-title" className="flex items-center gap-2 font-semibold">
        <CallIcon className={cx('size-5', active ? 'text-ok' : 'text-muted')} />
        {active ? 'On a call' : error && !found ? 'Call not known' : 'No call'}
      </h2>
      <div aria-live="polite" className="mt-1 break-words">
        {found ? (
          <>
            <p className="font-medium tabular-nums">{found.customerPhone ?? 'Number withheld'}</p>
            <p className="text-sm text-muted">
              {found.direction === 'inbound' ? 'They called' : 'You called'}
              {found.state === 'ended' && ' · this call is over'}
              {named !== null && ' · named for this desk'}
            </p>
          </>
        ) : (
          <p className="text-sm text-muted">
            {error ? 'It cannot be told whether you are on a call.' : (call?.problem ?? 'Looking…')}
          </p>
        )}
      </div>
      <NameCall named={named} hasCall={found !== null} onName={onName} />
    </section>
  );
}

function NameCall({ named, hasCall, onName }: Pick<Props, 'named' | 'onName'> & { hasCall: boolean }) {
  const [text, setText] = useState('');
  const error = holdsCardNumber(text) ? NO_CARD : undefined;
  if (named !== null)
    return (
      <Button kind="quiet" className="-ms-4 min-h-11" onClick={() => onName(null)}>
        Use the call I am on
      </Button>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '' && !error) onName(text.trim());
  };
  return (
    <details className="mt-1 text-sm">
      <summary className="flex min-h-11 list-none items-center text-accent">
        {hasCall ? 'Name another call' : 'Name the call'}
      </summary>
      <form onSubmit={submit} className="space-y-2 pb-1">
        <TextField
          name="call"
          label="Call"
          hint="As your telephone system names it."
          value={text}
          error={error}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" kind="secondary" className="min-h-11 w-full">
          Use this call
        </Button>
      </form>
    </details>
  );
}
