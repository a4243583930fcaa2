'use client';
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  startRegistration,
} from '@simplewebauthn/browser';
import { useEffect, useState, useTransition } from 'react';
import { Button } from '@/app/_components/button';
import { Notice } from '@/app/_components/notice';
import { type Outcome, refuse } from '@/core/outcome';

type Asking = { options: PublicKeyCredentialCreationOptionsJSON; state: string };
type Made = { name: string; state: string; response: RegistrationResponseJSON };
export type Added = { recoveryCodes: string[] | null };
export type PasskeyActs = {
  ask: () => Promise<Outcome<Asking>>;
  add: (made: Made) => Promise<Outcome<Added>>;
};

const NOT_MADE = 'No passkey was made. Try again; a device that has one already makes no second one.';

/** Asks the browser to make a passkey, and keeps it under a name. */
export async function makePasskey({ ask, add }: PasskeyActs, name: string): Promise<Outcome<Added>> {
  const asked = await ask();
  if (!asked.ok) return asked;
  const { options: optionsJSON, state } = asked.value;
  const response = await startRegistration({ optionsJSON }).catch(() => null);
  return response ? add({ name, state, response }) : refuse('invalid', NOT_MADE);
}

type Props = PasskeyActs & {
  label: string;
  className?: string;
  name: string;
  onAdded: (added: Added) => void;
};

export function NewPasskeyButton({ label, className, name, onAdded, ...acts }: Props) {
  const [error, setError] = useState<string | null>(null);
  const [isAble, setIsAble] = useState(false);
  const [pending, start] = useTransition();
  useEffect(() => setIsAble(browserSupportsWebAuthn()), []);
  const press = () =>
    start(async () => {
      const outcome = await makePasskey(acts, name).catch(() => null);
      if (outcome?.ok) onAdded(outcome.value);
      else setError(outcome?.error.message ?? 'The portal does not answer. Try again in a minute.');
    });
  if (!isAble) return null;
  return (
    <div className="space-y-3">
      {error && !pending && <Notice tone="bad">{error}</Notice>}
      <Button kind="secondary" className={className} onClick={press} disabled={pending}>
        {pending ? 'Waiting for your passkey…' : label}
      </Button>
    </div>
  );
}
