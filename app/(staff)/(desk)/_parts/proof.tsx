'use client';
import { useEffect, useRef, useState } from 'react';
import { TextField } from '@/app/_components/field';
import { Notice } from '@/app/_components/notice';
import { PasswordField } from '@/app/_components/password-field';
import { PasskeyButton } from '@/app/(staff)/sign-in/passkey-button';
import { type Outcome, refuse } from '@/core/outcome';
import type { ProofWays } from '@/lib/auth';
import { askProof, provePasskey, waysToProve } from './proof-actions';

export type Confirm = (proof: { password?: string; code?: string }) => Promise<Outcome<unknown>>;

/** Confirms with what was typed into the fields below. */
export async function prove(confirm: Confirm | undefined, form: FormData): Promise<Outcome<unknown>> {
  const [password, code] = [String(form.get('password') ?? ''), String(form.get('code') ?? '')];
  if (!confirm || (password === '' && code === ''))
    return refuse('step_up_required', 'Confirm that it is you, below.');
  return confirm(code === '' ? { password } : { code });
}

/** Asks the person to confirm that it is them, by what they have. `onProved`: a passkey has done it. */
export function Proof({ onProved }: { onProved: () => void }) {
  const [ways, setWays] = useState<ProofWays | null | 'failed'>(null);
  useEffect(() => {
    waysToProve()
      .then((told) => setWays(told.ok ? told.value : 'failed'))
      .catch(() => setWays('failed'));
  }, []);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (ways) place.current?.querySelector<HTMLElement>('input, button')?.focus();
  }, [ways]);
  if (ways === null) return <p className="text-muted">One moment…</p>;
  if (ways === 'failed')
    return <Notice tone="bad">The portal does not answer. Close this and try again.</Notice>;
  return (
    <div ref={place} className="space-y-4">
      {ways.password && <PasswordField label="Your password" autoComplete="current-password" />}
      {ways.code && (
        <TextField
          name="code"
          label="Code"
          hint="From your authenticator app, or a recovery code."
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
          required={!ways.passkey}
        />
      )}
      {ways.passkey && (
        <PasskeyButton label="Use a passkey" ask={askProof} answer={provePasskey} onProved={onProved} />
      )}
    </div>
  );
}
