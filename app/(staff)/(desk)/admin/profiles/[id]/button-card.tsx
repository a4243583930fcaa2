'use client';
import { useRouter } from 'next/navigation';
import { useOptimistic, useState } from 'react';
import { Badge } from '@/app/_components/badge';
import { Button } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import type { ProfileSettings } from '@/lib/payment-profiles';
import { ActDialog } from '../../../_parts/act-dialog';
import { useAct } from '../../../_parts/use-act';
import { confirmIdentity } from '../../links/[id]/actions';
import { setButton, setMoto } from './actions';

type Props = { profile: ProfileSettings; maySet: boolean; maySetMoto: boolean };
const KEY = ['profiles'];
const toldOf = (isOffered: boolean): string =>
  isOffered ? 'Agents are offered this profile.' : 'Agents are no longer offered this profile.';

/** What agents can do with a profile: whether the payment button offers it, and whether a card may be keyed on the telephone. */
export function ButtonCard({ profile, maySet, maySetMoto }: Props) {
  const router = useRouter();
  const { pending, act } = useAct(KEY);
  const [asked, setAsked] = useState(false);
  const { id, moto } = profile;
  const [buttonEnabled, show] = useOptimistic(profile.buttonEnabled);
  const offer = (is: boolean) => {
    show(is);
    return setButton({ profile: id, buttonEnabled: is });
  };
  return (
    <Card id="button" title="Payment button">
      <div className="space-y-4">
        <Setting
          name="Offered to agents"
          isOn={buttonEnabled}
          what="Agents can choose this profile when they press Payment."
          {...(maySet && {
            label: buttonEnabled ? 'Do not offer it' : 'Offer it',
            pending,
            onPress: () =>
              act(() => offer(!buttonEnabled), toldOf(!buttonEnabled), router.refresh, undefined, {
                work: () => offer(buttonEnabled),
                done: toldOf(buttonEnabled),
                after: router.refresh,
              }),
          })}
        />
        <Setting
          name="Telephone orders"
          isOn={moto}
          what="A customer may key the card on their telephone during a call. It needs a contract for telephone orders (MOTO) with your acquirer."
          {...(maySetMoto
            ? { label: moto ? 'Take none' : 'Take telephone orders', pending, onPress: () => setAsked(true) }
            : { note: 'Only an owner can change this.' })}
        />
      </div>
      <ActDialog
        open={asked}
        onClose={() => setAsked(false)}
        title={moto ? 'Take no telephone orders?' : 'Take telephone orders?'}
        label={moto ? 'Take none' : 'Take telephone orders'}
        working="Saving…"
        done={
          moto
            ? 'No telephone orders are taken on this profile.'
            : 'Telephone orders are taken on this profile.'
        }
        queryKey={KEY}
        confirm={confirmIdentity}
        onSubmit={async () => {
          const outcome = await setMoto({ profile: id, moto: !moto });
          if (outcome.ok) router.refresh();
          return outcome;
        }}
      >
        <p className="text-muted">
          {moto
            ? 'Agents can send links only. A card that is being keyed at this moment is still taken.'
            : 'Cards that are keyed are charged without the bank’s check of the customer. Do this only if your contract with the acquirer covers telephone orders.'}
        </p>
      </ActDialog>
    </Card>
  );
}

type SettingProps = {
  name: string;
  isOn: boolean;
  what: string;
  label?: string;
  pending?: boolean;
  onPress?: () => void;
  note?: string;
};

const Setting = ({ name, isOn, what, label, pending = false, onPress, note }: SettingProps) => (
  <div className="flex flex-wrap items-start justify-between gap-3">
    <div className="min-w-0 max-w-prose flex-1 basis-60">
      <h3 className="flex items-center gap-2 font-medium">
        {name} <Badge tone={isOn ? 'ok' : 'plain'}>{isOn ? 'On' : 'Off'}</Badge>
      </h3>
      <p className="text-sm text-muted">
        {what}
        {note && ` ${note}`}
      </p>
    </div>
    {label && onPress && (
      <Button kind="secondary" disabled={pending} onClick={onPress}>
        {label}
      </Button>
    )}
  </div>
);
