import { Badge } from '@/app/_components/badge';
import { Card } from '@/app/_components/card';
import { Time } from '@/app/_components/time';
import type { FormLookup } from '@/lib/contracts/form-lookups';
import { CREDENTIAL_WORDS, fieldLabel } from '../../../_words/lookup';
import { Facts } from '../../money/_parts/facts';
import { LookupActs } from './lookup-acts';
import { LookupTrialForm } from './lookup-trial';

type Props = { profile: string; lookup: FormLookup | null; maySet: boolean; zone: string };

/** Where the form of this profile is filled from, with what can be done about it and the test. */
export const LookupCard = ({ profile, lookup, maySet, zone }: Props) => (
  <Card id="lookup" title="Form lookup" aside={<LookupBadge lookup={lookup} />}>
    <p className="text-muted">
      Before a link is issued, your own system is asked what it knows of a reference, and the form is filled
      in. A person checks it; two seconds at the most.
    </p>
    {lookup ? (
      <LookupFacts lookup={lookup} zone={zone} />
    ) : (
      <p className="mt-3">Nothing is looked up on this profile: the form is filled in by hand.</p>
    )}
    {maySet && <LookupActs profile={profile} lookup={lookup} />}
    {!maySet && !lookup && <p className="mt-2 text-sm text-muted">An owner or admin can set it up.</p>}
    {maySet && lookup && <LookupTrialForm profile={profile} />}
  </Card>
);

const LookupBadge = ({ lookup }: { lookup: FormLookup | null }) =>
  lookup === null ? (
    <Badge>Not set up</Badge>
  ) : lookup.enabled ? (
    <Badge tone="ok">On</Badge>
  ) : (
    <Badge tone="warn">Off</Badge>
  );

function LookupFacts({ lookup, zone }: { lookup: FormLookup; zone: string }) {
  const { url, credentials, mapping, payerAsks } = lookup;
  return (
    <Facts
      rows={[
        [
          'Address',
          <span key="url" className="font-mono text-[0.8125rem] break-all">
            {url}
          </span>,
        ],
        ['Proof', CREDENTIAL_WORDS[credentials.kind]],
        credentials.kind === 'oauth' && ['Token from', credentials.tokenUrl],
        credentials.kind === 'header' && ['Header', credentials.name],
        ['Answer', mapping === null ? 'In our words' : <MappingList key="mapping" mapping={mapping} />],
        [
          'Asked',
          payerAsks ? 'On the form, by API and when the customer continues' : 'On the form and by API',
        ],
        ['Changed', <Time key="at" at={lookup.updatedAt} zone={zone} style="long" />],
      ]}
    />
  );
}

const MappingList = ({ mapping }: { mapping: Record<string, string> }) => (
  <ul>
    {Object.entries(mapping).map(([field, path]) => (
      <li key={field}>
        {fieldLabel(field)} <span className="text-muted">from</span>{' '}
        <span className="font-mono text-[0.8125rem] break-all">{path}</span>
      </li>
    ))}
  </ul>
);
