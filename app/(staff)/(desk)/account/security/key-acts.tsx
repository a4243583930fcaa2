'use client';
import { TextField } from '@/app/_components/field';
import { type Added, makePasskey } from '@/app/(staff)/_parts/new-passkey';
import { ActButton } from './act-button';
import { askNewKey, dropKey, nameKey, saveKey } from './actions';

const NameField = ({ name = '' }: { name?: string }) => (
  <TextField name="name" label="Name" defaultValue={name} maxLength={60} required autoComplete="off" />
);
const nameIn = (form: FormData): string => String(form.get('name') ?? '');

export const NewKey = ({ onAdded }: { onAdded: (added: Added) => void }) => (
  <ActButton
    open="Add a passkey"
    title="Add a passkey"
    label="Add"
    working="Waiting for your passkey…"
    done="The passkey is added."
    onSubmit={async (form) => {
      const outcome = await makePasskey({ ask: askNewKey, add: saveKey }, nameIn(form));
      if (outcome.ok) onAdded(outcome.value);
      return outcome;
    }}
  >
    <p className="text-muted">Your browser asks you to make it. Name it after where it is kept.</p>
    <NameField />
  </ActButton>
);

type Key = { id: string; name: string };

export const NameKey = ({ id, name }: Key) => (
  <ActButton
    open="Rename"
    of={name}
    title="Rename this passkey"
    label="Save"
    working="Saving…"
    done="The name is saved."
    onSubmit={(form) => nameKey(id, nameIn(form))}
  >
    <NameField name={name} />
  </ActButton>
);

export const DropKey = ({ id, name }: Key) => (
  <ActButton
    open="Remove"
    of={name}
    title="Remove this passkey?"
    label="Remove"
    working="Removing…"
    done="The passkey is removed."
    danger
    onSubmit={() => dropKey(id)}
  >
    <p className="font-medium">{name}</p>
    <p className="text-muted">It signs you in no more. Remove it on your device too.</p>
  </ActButton>
);
