'use client';
import { useState } from 'react';
import { AreaField, SelectField, TextField } from '@/app/_components/field';
import { CREDENTIAL_KINDS, type Credentials } from '@/core/crm';
import { CREDENTIAL_WORDS } from '../../../_words/lookup';

const KEPT = 'Kept as it is while this stays empty.';

/** How we prove to the merchant's system who asks. Secrets are written, never shown. */
export function CredentialFields({ before }: { before: Credentials | null }) {
  const [kind, setKind] = useState(before?.kind ?? 'signature');
  const same = before?.kind === kind;
  return (
    <>
      <SelectField
        name="kind"
        label="How we prove that it is us"
        defaultValue={kind}
        onChange={(event) =>
          setKind(CREDENTIAL_KINDS.find((one) => one === event.target.value) ?? 'signature')
        }
        hint="Every request is signed as Standard Webhooks, whatever you choose."
      >
        {CREDENTIAL_KINDS.map((one) => (
          <option key={one} value={one}>
            {CREDENTIAL_WORDS[one]}
          </option>
        ))}
      </SelectField>
      {kind === 'oauth' && <OAuthFields before={before} same={same} />}
      {kind === 'header' && (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            name="headerName"
            label="Name of the header"
            required
            maxLength={64}
            autoComplete="off"
            spellCheck={false}
            defaultValue={before?.kind === 'header' ? before.name : ''}
          />
          <TextField
            name="headerValue"
            label="Value"
            type="password"
            required={!same}
            maxLength={1024}
            autoComplete="off"
            hint={same ? KEPT : undefined}
          />
        </div>
      )}
    </>
  );
}

function OAuthFields({ before, same }: { before: Credentials | null; same: boolean }) {
  const known = before?.kind === 'oauth' ? before : null;
  return (
    <>
      <TextField
        name="tokenUrl"
        label="Address of the token"
        type="url"
        required
        maxLength={2000}
        placeholder="https://"
        autoComplete="off"
        defaultValue={known?.tokenUrl}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="clientId"
          label="Client id"
          required
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          defaultValue={known?.clientId}
        />
        <TextField
          name="clientSecret"
          label="Client secret"
          type="password"
          required={!same}
          maxLength={1024}
          autoComplete="off"
          hint={same ? KEPT : undefined}
        />
        <TextField
          name="scope"
          label="Scope"
          optional
          maxLength={500}
          autoComplete="off"
          defaultValue={known?.scope ?? ''}
        />
      </div>
      <AreaField
        name="attributes"
        label="Further attributes"
        optional
        rows={2}
        maxLength={4000}
        spellCheck={false}
        className="font-mono"
        defaultValue={Object.entries(known?.attributes ?? {})
          .map(([name, value]) => `${name} = ${value}`)
          .join('\n')}
        hint="Sent with the request for a token, one a line, like audience = payments. No secrets: they are shown here."
      />
    </>
  );
}

/** What is typed, as the verbs take it. */
export function credentialsOf(form: FormData) {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const given = (name: string, key: string) => (text(name) ? { [key]: text(name) } : {});
  switch (text('kind')) {
    case 'oauth':
      return {
        kind: 'oauth',
        tokenUrl: text('tokenUrl'),
        clientId: text('clientId'),
        ...given('scope', 'scope'),
        ...given('clientSecret', 'clientSecret'),
        ...attributesOf(text('attributes')),
      };
    case 'header':
      return { kind: 'header', name: text('headerName'), ...given('headerValue', 'value') };
    default:
      return { kind: 'signature' };
  }
}

function attributesOf(typed: string) {
  const pairs = typed.split('\n').flatMap((line): [string, string][] => {
    const [name = '', ...value] = line.split('=');
    return name.trim() === '' ? [] : [[name.trim(), value.join('=').trim()]];
  });
  return pairs.length > 0 && { attributes: Object.fromEntries(pairs) };
}
