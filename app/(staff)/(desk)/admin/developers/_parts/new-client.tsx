'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_components/button';
import { CheckField, SelectField, TextField } from '@/app/_components/field';
import { PlusIcon } from '@/app/_components/icons';
import type { AppError } from '@/core/outcome';
import { ActDialog } from '../../../_parts/act-dialog';
import { SecretNotice } from '../../../_parts/secret-notice';
import { confirmIdentity } from '../../links/[id]/actions';
import { createClient, createKey } from '../actions';
import { scopeText } from './words';

export type ClientKind = 'key' | 'client';
type Words = { label: string; title: string; done: string; what: string };
const WORDS: Record<ClientKind, Words> = {
  key: { label: 'New API key', title: 'New API key', done: 'The key is there.', what: 'API key' },
  client: {
    label: 'New OAuth client',
    title: 'New OAuth client',
    done: 'The client is there.',
    what: 'client secret',
  },
};

/** What is typed, as the verbs take it. */
function inputOf(form: FormData) {
  const addresses = String(form.get('addresses') ?? '')
    .split(/[\s,]+/)
    .filter(Boolean);
  return {
    name: String(form.get('name') ?? '').trim(),
    scopes: form.getAll('scopes').map(String),
    ...(addresses.length > 0 && { addresses }),
  };
}

async function make(kind: ClientKind, form: FormData) {
  if (kind === 'key') {
    const made = await createKey(inputOf(form), Number(form.get('days')));
    return made.ok ? { ok: true as const, value: made.value.key } : made;
  }
  const made = await createClient(inputOf(form));
  return made.ok ? { ok: true as const, value: made.value.clientSecret } : made;
}

/** Asks for a new key or client, and shows its secret once it is there. `scopes` are those that may be given. */
export function NewClient({ kind, scopes }: { kind: ClientKind; scopes: readonly string[] }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const { label, title, done, what } = WORDS[kind];
  const submit = async (form: FormData) => {
    const outcome = await make(kind, form);
    if (outcome.ok) {
      setSecret(outcome.value);
      router.refresh();
    }
    return outcome;
  };
  return (
    <div className="space-y-4">
      <Button kind="secondary" onClick={() => setOpen(true)}>
        <PlusIcon /> {label}
      </Button>
      {secret && <SecretNotice what={what} secret={secret} />}
      <ActDialog
        open={open}
        onClose={() => setOpen(false)}
        title={title}
        label="Create"
        working="Creating…"
        done={done}
        queryKey={['developers']}
        onSubmit={submit}
        confirm={confirmIdentity}
        explain={explain}
      >
        <TextField
          name="name"
          label="Name"
          required
          maxLength={100}
          autoComplete="off"
          hint="What uses it, like “Web shop”."
        />
        <fieldset>
          <legend className="mb-1 font-medium">What it may do</legend>
          <div className="grid max-h-64 gap-2 overflow-y-auto p-0.5">
            {scopes.map((scope) => (
              <CheckField key={scope} name="scopes" value={scope} label={scopeText(scope)} />
            ))}
          </div>
        </fieldset>
        {kind === 'key' && <Days />}
        <TextField
          name="addresses"
          label="From these addresses only"
          optional
          autoComplete="off"
          hint="Like 203.0.113.7 or 203.0.113.0/24, with commas between them. Leave it empty for anywhere."
        />
      </ActDialog>
    </div>
  );
}

/** What is told of a refusal in the words of this form. */
const explain = ({ errors }: AppError) =>
  errors?.some(({ path }) => path === 'scopes') ? 'Choose what it may do.' : undefined;

const Days = () => (
  <SelectField name="days" label="It ends" defaultValue="365">
    <option value="30">in 30 days</option>
    <option value="90">in 90 days</option>
    <option value="365">in a year</option>
    <option value="0">when it is revoked</option>
  </SelectField>
);
