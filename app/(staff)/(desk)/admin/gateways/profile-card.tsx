'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Badge } from '@/app/_components/badge';
import { Button } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { CheckField } from '@/app/_components/field';
import type { Outcome } from '@/core/outcome';
import type { GatewayProfile } from '@/lib/gateway-accounts';
import { ActDialog } from '../../_parts/act-dialog';
import { useAct } from '../../_parts/use-act';
import { confirmIdentity } from '../links/[id]/actions';
import { Account } from './account';
import { addAccount, changeBasics, makeDefault } from './actions';
import { AccountFields, accountOf, basicsOf, CaptureField, NameField } from './fields';

type Props = {
  profile: GatewayProfile;
  gateways: readonly string[];
  zone: string;
  /** May change accounts: an owner. */
  maySet: boolean;
};
const KEY = ['profiles'];

/** A payment profile with its accounts, the one that takes new payments first. */
export function ProfileCard({ profile, gateways, zone, maySet }: Props) {
  const router = useRouter();
  const { pending, act } = useAct(KEY);
  const [asked, setAsked] = useState<'edit' | 'add' | null>(null);
  const { id, name, isDefault, enabled, captureAtOnce, accounts } = profile;
  const default_ = () =>
    act(
      () => makeDefault(id),
      `“${name}” is the default.`,
      () => router.refresh(),
    );
  const shared = { onClose: () => setAsked(null), queryKey: KEY, confirm: confirmIdentity };
  const reread = async (outcome: Outcome<unknown>) => {
    if (outcome.ok) router.refresh();
    return outcome;
  };
  return (
    <Card id={id} title={name} aside={<Badges profile={profile} />}>
      <p className="mb-4 text-muted">
        {captureAtOnce ? 'Money is taken at once.' : 'Money is held until somebody captures it.'}
      </p>
      <ul className="space-y-3" aria-label={`Accounts of ${name}`}>
        {accounts.map((account) => (
          <Account key={account.id} account={account} zone={zone} maySet={maySet} />
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button kind="secondary" onClick={() => setAsked('edit')}>
          Edit profile
        </Button>
        {!isDefault && enabled && (
          <Button kind="secondary" disabled={pending} onClick={default_}>
            Make it the default
          </Button>
        )}
        {maySet && gateways.length > 0 && (
          <Button kind="secondary" onClick={() => setAsked('add')}>
            Add an account
          </Button>
        )}
      </div>
      <ActDialog
        {...shared}
        open={asked === 'edit'}
        title="Edit the payment profile"
        label="Save"
        working="Saving…"
        done="The payment profile is saved."
        onSubmit={async (form) =>
          reread(
            await changeBasics({ profile: id, ...basicsOf(form), enabled: form.get('enabled') !== null }),
          )
        }
      >
        <NameField name={name} />
        <CaptureField atOnce={captureAtOnce} />
        <CheckField name="enabled" label="New payment links may use it" defaultChecked={enabled} />
      </ActDialog>
      <ActDialog
        {...shared}
        open={asked === 'add'}
        title="Add a gateway account"
        wide
        label="Add"
        working="Adding…"
        done="New payments go to this account."
        onSubmit={async (form) => reread(await addAccount({ profile: id, ...accountOf(form) }))}
      >
        <p className="text-muted">
          New payments go to it from now on. What was begun at another account stays there to its end.
        </p>
        <AccountFields gateways={gateways} />
      </ActDialog>
    </Card>
  );
}

const Badges = ({ profile: { isDefault, enabled } }: { profile: GatewayProfile }) => (
  <span className="flex gap-2">
    {isDefault && <Badge tone="accent">Default</Badge>}
    {!enabled && <Badge tone="warn">Off</Badge>}
  </span>
);
