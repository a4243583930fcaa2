'use client';
import { CheckField } from '@/app/_components/field';
import type { FormLookup } from '@/lib/contracts/form-lookups';
import { AddressField } from '../../../_parts/address-field';
import { removeLookup, saveLookup } from './actions';
import { CredentialFields, credentialsOf } from './credential-fields';
import { MappingFields, mappingOf } from './mapping-fields';
import { SetUpActs } from './set-up-acts';

type Props = { profile: string; lookup: FormLookup | null };

export const LookupActs = ({ profile, lookup }: Props) => (
  <SetUpActs
    what="form lookup"
    short="lookup"
    isSetUp={lookup !== null}
    fields={<LookupFields lookup={lookup} />}
    onSave={(form) => saveLookup(inputOf(profile, lookup, form))}
    onRemove={() => removeLookup(profile)}
    loss="Forms of this profile are filled in by hand from then on, and its secrets are gone."
  />
);

const LookupFields = ({ lookup }: { lookup: FormLookup | null }) => (
  <>
    <AddressField url={lookup?.url} says="We POST the reference there." />
    <CredentialFields before={lookup?.credentials ?? null} />
    <MappingFields before={lookup?.mapping ?? null} />
    <div className="grid gap-3 sm:grid-cols-2">
      <CheckField name="enabled" label="Switch the lookup on" defaultChecked={lookup?.enabled ?? true} />
      {lookup && <CheckField name="newSecret" label="Make a new signing secret" />}
    </div>
    <div>
      <CheckField
        name="payerAsks"
        label="Ask when the customer presses Continue"
        defaultChecked={lookup?.payerAsks ?? false}
        aria-describedby="payerAsks-hint"
      />
      <p id="payerAsks-hint" className="mt-1 text-sm text-muted">
        For links with a reference that nobody has looked up: Continue stands before the card form. It fills
        what the link leaves out of description, name and line items; never the amount, an e-mail address or a
        phone number.
      </p>
    </div>
  </>
);

function inputOf(profile: string, lookup: FormLookup | null, form: FormData) {
  return {
    profile,
    version: lookup?.version ?? null,
    url: String(form.get('url') ?? '').trim(),
    credentials: credentialsOf(form),
    mapping: mappingOf(form),
    enabled: form.get('enabled') !== null,
    payerAsks: form.get('payerAsks') !== null,
    newSecret: form.get('newSecret') !== null,
  };
}
