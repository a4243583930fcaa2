'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_components/button';
import type { SingleSignOn } from '@/lib/contracts/single-sign-on';
import { ActDialog } from '../../_parts/act-dialog';
import { confirmIdentity } from '../links/[id]/actions';
import { save, tryIt } from './actions';
import { ProviderFields } from './provider-fields';
import { type RoleLine, RoleLines } from './role-lines';
import { sentenceOf } from './words';

const KEY = ['single-sign-on'];
const FIRST: RoleLine[] = [{ key: 0, value: '', role: 'agent' }];
const linesOf = (settings: SingleSignOn | null): RoleLine[] =>
  settings?.roleValues.length ? settings.roleValues.map((line, key) => ({ key, ...line })) : FIRST;

/** What is typed, as the verb takes it. */
function inputOf(form: FormData, lines: RoleLine[], version: number) {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const secret = String(form.get('clientSecret') ?? '');
  return {
    version,
    issuer: text('issuer'),
    clientId: text('clientId'),
    ...(secret && { clientSecret: secret }),
    domains: text('domains')
      .split(/[\s,;]+/)
      .filter(Boolean),
    roleClaim: text('roleClaim') || null,
    roleValues: lines
      .filter(({ value }) => value.trim())
      .map(({ value, role }) => ({ value: value.trim(), role })),
    defaultRole: text('defaultRole') || null,
    enabled: form.has('enabled'),
    createsPeople: form.has('createsPeople'),
    passwordAllowed: form.has('passwordAllowed'),
    needsSecondFactor: form.has('needsSecondFactor'),
  };
}

/** Sets the provider up, changes it, and tries it. */
export function ProviderActs({ settings }: { settings: SingleSignOn | null }) {
  const router = useRouter();
  const [asked, setAsked] = useState<'save' | 'try' | null>(null);
  const [lines, setLines] = useState<RoleLine[]>([]);
  const open = () => {
    setLines(linesOf(settings));
    setAsked('save');
  };
  const shared = {
    onClose: () => setAsked(null),
    queryKey: KEY,
    confirm: confirmIdentity,
    explain: sentenceOf,
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Button kind={settings ? 'secondary' : 'primary'} onClick={open}>
        {settings ? 'Change' : 'Set up single sign-on'}
      </Button>
      {settings && (
        <Button kind="secondary" onClick={() => setAsked('try')}>
          Try it
        </Button>
      )}
      <ActDialog
        {...shared}
        open={asked === 'save'}
        wide
        title="Single sign-on"
        label="Save"
        working="Asking the provider…"
        done="Single sign-on is saved."
        onSubmit={async (form) => {
          const saved = await save(inputOf(form, lines, settings?.version ?? 0));
          if (saved.ok) router.refresh();
          return saved;
        }}
      >
        <ProviderFields settings={settings}>
          <RoleLines lines={lines} onChange={setLines} />
        </ProviderFields>
      </ActDialog>
      <ActDialog
        {...shared}
        open={asked === 'try'}
        title="Try single sign-on?"
        label="Try it"
        working="Asking the provider…"
        done="Going to your provider."
        onSubmit={async () => {
          const begun = await tryIt();
          if (begun.ok) location.assign(begun.value.url);
          return begun;
        }}
      >
        <p className="text-muted">
          You are led to your provider and back, and then see what it says of you and which role that gives.
          Nobody is signed in by it, and no account is made or changed.
        </p>
      </ActDialog>
    </div>
  );
}
