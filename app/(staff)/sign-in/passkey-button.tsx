'use client';
import {
  type AuthenticationResponseJSON,
  browserSupportsWebAuthn,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
} from '@simplewebauthn/browser';
import { useEffect, useState, useTransition } from 'react';
import { Button, type ButtonKind } from '@/app/_components/button';
import { Notice } from '@/app/_components/notice';
import type { Outcome } from '@/core/outcome';

type Asking = { options: PublicKeyCredentialRequestOptionsJSON; state: string };
type Answer = { state: string; response: AuthenticationResponseJSON };
type Props = {
  label: string;
  kind?: ButtonKind;
  className?: string;
  ask: () => Promise<Outcome<Asking>>;
  answer: (answer: Answer) => Promise<Outcome<unknown>>;
  onProved: () => void;
};

const NO_ANSWER = 'The portal does not answer. Try again in a minute.';
const NOT_USED = 'No passkey was used. Try again, or go on without one.';

/** Asks the browser for a passkey, and tells why it did not do. Where a browser has none, it is not there. */
export function PasskeyButton({ label, kind = 'secondary', className, ask, answer, onProved }: Props) {
  const [error, setError] = useState<string | null>(null);
  const [isAble, setIsAble] = useState(false);
  const [pending, start] = useTransition();
  useEffect(() => setIsAble(browserSupportsWebAuthn()), []);
  const prove = async (): Promise<string | null> => {
    const asked = await ask();
    if (!asked.ok) return asked.error.message;
    const { options: optionsJSON, state } = asked.value;
    const response = await startAuthentication({ optionsJSON }).catch(() => null);
    if (!response) return NOT_USED;
    const outcome = await answer({ state, response });
    return outcome.ok ? null : outcome.error.message;
  };
  const press = () =>
    start(async () => {
      const problem = await prove().catch(() => NO_ANSWER);
      setError(problem);
      if (problem === null) onProved();
    });
  if (!isAble) return null;
  return (
    <div className="space-y-3">
      {error && !pending && <Notice tone="bad">{error}</Notice>}
      <Button kind={kind} className={className} onClick={press} disabled={pending}>
        {pending ? 'Waiting for your passkey…' : label}
      </Button>
    </div>
  );
}
