'use client';
import { useEffect, useRef, useState } from 'react';
import { TextField } from '@/app/_components/field';
import { Notice } from '@/app/_components/notice';
import { PasswordField } from '@/app/_components/password-field';
import { PasskeyButton } from '@/app/(staff)/sign-in/passkey-button';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { ProofWays } from '@/lib/auth';
import { askProof, provePasskey, waysToProve } from './proof-actions';

export type Confirm = (proof: { password?: string; code?: string }) => Promise<Outcome<unknown>>;

/** Confirms with what was typed into the fields below. */
export async function prove(confirm: Confirm | undefined, form: FormData): Promise<Outcome<unknown>> {
  // Whether it was confirmed there is for the act itself to find.
  if (form.has('elsewhere')) return ok(true);
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
  /** The person confirms in another tab. */
  const [elsewhere, setElsewhere] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (ways) place.current?.querySelector<HTMLElement>('input, button')?.focus();
  }, [ways]);
  if (ways === null) return <p className="text-muted">One moment…</p>;
  if (ways === 'failed')
    return <Notice tone="bad">The portal does not answer. Close this and try again.</Notice>;
  return (
    <div ref={place} className="space-y-4">
      {ways.password && !elsewhere && <PasswordField label="Your password" autoComplete="current-password" />}
      {ways.code && !elsewhere && (
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
      {ways.provider && <AtProvider onLeave={() => setElsewhere(true)} />}
      {elsewhere && <input type="hidden" name="elsewhere" value="1" />}
    </div>
  );
}

/** The way to the sign-in provider, in a tab of its own: what is typed here stays. */
const AtProvider = ({ onLeave }: { onLeave: () => void }) => (
  <p className="text-sm">
    <a
      href="/api/auth/sso/step-up"
      target="_blank"
      rel="noreferrer"
      onClick={onLeave}
      className="font-semibold underline"
    >
      Confirm with single sign-on
    </a>{' '}
    in a new tab, then press again here.
  </p>
);
