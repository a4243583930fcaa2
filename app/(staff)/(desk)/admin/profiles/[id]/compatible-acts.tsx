'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_components/button';
import { CheckField, TextField } from '@/app/_components/field';
import type { Compatibility } from '@/lib/contracts/compatible';
import { ActDialog } from '../../../_parts/act-dialog';
import { AddressField } from '../../../_parts/address-field';
import { useAct } from '../../../_parts/use-act';
import { confirmIdentity } from '../../links/[id]/actions';
import { deleteEndpoint, pingEndpoint } from '../../webhooks/actions';
import { saveCompatible, setCompatible } from './actions';
import { CredentialFields, credentialsOf } from './credential-fields';
import { SetUpActs } from './set-up-acts';

type Props = { profile: string; compatible: Compatibility };

/** Switches the profile on for that API, and sets up its webhook. */
export function CompatibleActs({ profile, compatible }: Props) {
  const router = useRouter();
  const { pending, act } = useAct(['profiles']);
  const { webhook } = compatible;
  const id = webhook?.endpoint.id ?? '';
  const ping = () =>
    act(
      () => pingEndpoint(id),
      'A test is on its way. It shows in the log of the webhook.',
      () => router.refresh(),
    );
  const isOn = webhook !== null && ['enabled', 'failing'].includes(webhook.endpoint.state);
  return (
    <SetUpActs
      what="Vonage-compatible webhook"
      short="webhook"
      isSetUp={webhook !== null}
      fields={<WebhookFields webhook={webhook} />}
      onSave={(form) =>
        saveCompatible({
          profile,
          version: webhook?.endpoint.version ?? null,
          url: String(form.get('url') ?? '').trim(),
          credentials: credentialsOf(form),
        })
      }
      onRemove={() => deleteEndpoint(id)}
      loss="Ends of payment sessions are not told there any more, what waits ends, and its secrets are gone. The log stays."
      before={<SwitchAct profile={profile} compatible={compatible} />}
      behind={
        isOn && (
          <Button kind="quiet" disabled={pending} onClick={ping}>
            Send a test
          </Button>
        )
      }
    />
  );
}

const WebhookFields = ({ webhook }: Pick<Compatibility, 'webhook'>) => (
  <>
    <AddressField
      url={webhook?.endpoint.url}
      says="The status of a payment session is posted there once it has ended."
    />
    <CredentialFields before={webhook?.credentials ?? null} />
  </>
);

function SwitchAct({ profile, compatible: { enabled, configurationId } }: Props) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{enabled ? 'Change configuration' : 'Switch on'}</Button>
      <ActDialog
        open={open}
        onClose={() => setOpen(false)}
        title="The Vonage-compatible API of this profile"
        label="Save"
        working="Saving…"
        done="The profile is saved."
        queryKey={['profiles']}
        onSubmit={async (form) => {
          const typed = String(form.get('configurationId') ?? '').trim();
          const named = typed && { configurationId: typed };
          const outcome = await setCompatible({
            profile,
            enabled: form.get('compatible') !== null,
            ...named,
          });
          if (outcome.ok) router.refresh();
          return outcome;
        }}
        confirm={confirmIdentity}
      >
        <CheckField
          name="compatible"
          label="Take payment sessions from the Vonage-compatible API"
          defaultChecked={enabled || configurationId === null}
        />
        <TextField
          name="configurationId"
          label="Account configuration"
          optional
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
          defaultValue={configurationId ?? ''}
          hint="What your system sends as accountConfigurationId. Left empty, the profile gets the next number."
        />
      </ActDialog>
    </>
  );
}
