'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_components/button';
import { SelectField } from '@/app/_components/field';
import type { Outcome } from '@/core/outcome';
import { ActDialog } from '../../../_parts/act-dialog';
import { SecretNotice } from '../../../_parts/secret-notice';
import { confirmIdentity } from '../../links/[id]/actions';
import { replaceKey, replaceSecret, revokeClient, revokeKey } from '../actions';
import type { ClientKind } from './new-client';

type Asked = 'replace' | 'revoke';
type Words = { label: string; title: string; working: string; done: string; text: string };
const WORDS: Record<ClientKind, Record<Asked, Words>> = {
  key: {
    replace: {
      label: 'Replace',
      title: 'Make a key in its place?',
      working: 'Making…',
      done: 'The new key is there.',
      text: 'The new key may do the same. The old one works on for a while, so that you can change over without a gap.',
    },
    revoke: {
      label: 'Revoke',
      title: 'Revoke this key?',
      working: 'Revoking…',
      done: 'The key is revoked.',
      text: 'Whatever uses it is refused from its next request on. This cannot be undone.',
    },
  },
  client: {
    replace: {
      label: 'New secret',
      title: 'Make a new secret?',
      working: 'Making…',
      done: 'The new secret is there.',
      text: 'The old secret works on for a while, so that you can change over without a gap.',
    },
    revoke: {
      label: 'Revoke',
      title: 'Revoke this client?',
      working: 'Revoking…',
      done: 'The client is revoked.',
      text: 'It and all of its tokens are refused from the next request on. This cannot be undone.',
    },
  },
};

type Props = { kind: ClientKind; id: string; name: string; what: string };

/** What can be done with a key or client that works. */
export function ClientActs({ kind, id, name, what }: Props) {
  const router = useRouter();
  const [asked, setAsked] = useState<Asked>('replace');
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const { title, text, ...words } = WORDS[kind][asked];
  const submit = async (form: FormData) => {
    const outcome = await perform(kind, asked, id, Number(form.get('overlap')));
    if (outcome.ok && outcome.value) setSecret(outcome.value);
    if (outcome.ok) router.refresh();
    return outcome;
  };
  return (
    <div className="mt-3">
      <div className="flex flex-wrap gap-2">
        {(['replace', 'revoke'] as const).map((one) => (
          <Button
            key={one}
            kind="secondary"
            className={one === 'revoke' ? 'text-bad!' : undefined}
            aria-label={`${WORDS[kind][one].label}: ${name}`}
            onClick={() => {
              setAsked(one);
              setOpen(true);
            }}
          >
            {WORDS[kind][one].label}
          </Button>
        ))}
      </div>
      {secret && (
        <div className="mt-3">
          <SecretNotice what={what} secret={secret} />
        </div>
      )}
      <ActDialog
        {...words}
        title={title}
        open={open}
        onClose={() => setOpen(false)}
        danger={asked === 'revoke'}
        queryKey={['developers']}
        onSubmit={submit}
        confirm={confirmIdentity}
      >
        <p className="font-medium">{name}</p>
        <p className="text-muted">{text}</p>
        {asked === 'replace' && <Overlap />}
      </ActDialog>
    </div>
  );
}

/** Does it; the value is the new secret, or null where there is none. */
async function perform(
  kind: ClientKind,
  asked: Asked,
  id: string,
  overlap: number,
): Promise<Outcome<string | null>> {
  if (asked === 'revoke') {
    const done = await (kind === 'key' ? revokeKey(id) : revokeClient(id));
    return done.ok ? { ok: true, value: null } : done;
  }
  if (kind === 'key') {
    const made = await replaceKey(id, overlap);
    return made.ok ? { ok: true, value: made.value.key } : made;
  }
  const made = await replaceSecret(id, overlap);
  return made.ok ? { ok: true, value: made.value.clientSecret } : made;
}

const Overlap = () => (
  <SelectField name="overlap" label="The old one ends" defaultValue="86400">
    <option value="0">at once</option>
    <option value="3600">in an hour</option>
    <option value="86400">in a day</option>
    <option value="604800">in a week</option>
  </SelectField>
);
