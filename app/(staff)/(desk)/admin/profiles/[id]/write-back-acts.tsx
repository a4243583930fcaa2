'use client';
import { useRouter } from 'next/navigation';
import { Button } from '@/app/_components/button';
import { AreaField, CheckField, SelectField } from '@/app/_components/field';
import { ORDINARY_ENDS, WRITE_BACK_ENDS, WRITE_BACK_METHODS } from '@/core/crm';
import { STANDARD_TEMPLATE, TEMPLATE_NAMES, type WriteBack } from '@/lib/contracts/write-backs';
import { AddressField } from '../../../_parts/address-field';
import { useAct } from '../../../_parts/use-act';
import { deleteEndpoint, pingEndpoint } from '../../webhooks/actions';
import { saveBack } from './actions';
import { CredentialFields, credentialsOf } from './credential-fields';
import { SetUpActs } from './set-up-acts';
import { END_WORDS } from './words';

type Props = { profile: string; back: WriteBack | null };

/** Besides setting it up: tries the write-back, and looks again at its log. */
export function WriteBackActs({ profile, back }: Props) {
  const router = useRouter();
  const { pending, act } = useAct(['profiles']);
  const ping = () =>
    act(
      () => pingEndpoint(back?.endpoint.id ?? ''),
      'A test is on its way. It shows among the newest write-backs.',
      () => router.refresh(),
    );
  const isOn = back !== null && ['enabled', 'failing'].includes(back.endpoint.state);
  return (
    <SetUpActs
      what="write-back"
      short="write-back"
      isSetUp={back !== null}
      fields={<BackFields back={back} />}
      onSave={(form) => saveBack(inputOf(profile, back, form))}
      onRemove={() => deleteEndpoint(back?.endpoint.id ?? '')}
      loss="Nothing is written back any more, what waits ends, and its secrets are gone. The log stays."
      before={
        isOn && (
          <Button disabled={pending} onClick={ping}>
            Send a test
          </Button>
        )
      }
      behind={
        back && (
          <Button kind="quiet" onClick={() => router.refresh()}>
            Look again
          </Button>
        )
      }
    />
  );
}

const BackFields = ({ back }: { back: WriteBack | null }) => (
  <>
    <div className="grid gap-4 sm:grid-cols-[7rem_minmax(0,1fr)]">
      <SelectField name="method" label="Method" defaultValue={back?.method ?? 'POST'}>
        {WRITE_BACK_METHODS.map((method) => (
          <option key={method}>{method}</option>
        ))}
      </SelectField>
      <AddressField url={back?.endpoint.url} />
    </div>
    <CredentialFields before={back?.credentials ?? null} />
    <fieldset>
      <legend className="mb-1 font-medium">What is told</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {WRITE_BACK_ENDS.map((end) => (
          <CheckField
            key={end}
            name="ends"
            value={end}
            label={END_WORDS[end]}
            defaultChecked={(back?.ends ?? ORDINARY_ENDS).includes(end)}
          />
        ))}
      </div>
    </fieldset>
    <AreaField
      name="template"
      label="Template"
      required
      rows={12}
      maxLength={8192}
      spellCheck={false}
      className="font-mono text-[0.8125rem]"
      defaultValue={back?.template ?? STANDARD_TEMPLATE}
      hint={
        <details>
          <summary className="min-h-8 cursor-pointer text-accent">What can stand between braces</summary>
          <p className="font-mono text-xs break-words">{TEMPLATE_NAMES.join(', ')}, link.metadata.(name)</p>
        </details>
      }
    />
  </>
);

function inputOf(profile: string, back: WriteBack | null, form: FormData) {
  return {
    profile,
    version: back?.endpoint.version ?? null,
    url: String(form.get('url') ?? '').trim(),
    method: String(form.get('method') ?? 'POST'),
    credentials: credentialsOf(form),
    ends: form.getAll('ends').map(String),
    template: String(form.get('template') ?? ''),
  };
}
