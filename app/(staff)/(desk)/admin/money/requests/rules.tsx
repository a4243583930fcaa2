'use client';
import { useOptimistic } from 'react';
import { Card } from '@/app/_components/card';
import { NEW_LINK_RULES, type NewLinkRule } from '@/core/payment-link';
import type { ProfileSettings } from '@/lib/payment-profiles';
import { RadioChoice } from '../../../_parts/radio-choice';
import { useAct } from '../../../_parts/use-act';
import { setRule } from './actions';

const RULES: Record<NewLinkRule, { label: string; what: string }> = {
  automatic: {
    label: 'Send it at once',
    what: 'A new link goes to the addresses on file. Where cards were tried on the old one, staff decide.',
  },
  approval: {
    label: 'Let staff decide',
    what: 'Each request waits here until somebody sends or refuses it.',
  },
  off: { label: 'Do not offer it', what: 'The page of an expired link tells the customer to contact you.' },
};

/** What each payment profile does when a customer asks for a new link. */
export const Rules = ({ profiles, maySet }: { profiles: ProfileSettings[]; maySet: boolean }) => (
  <Card id="rules" title="When a customer asks for a new link" className="max-w-3xl">
    <div className="space-y-5">
      {profiles.map((profile) => (
        <Rule key={profile.id} profile={profile} only={profiles.length === 1} maySet={maySet} />
      ))}
    </div>
  </Card>
);

type Props = { profile: ProfileSettings; only: boolean; maySet: boolean };

function Rule({ profile: { id, name, newLinkRule }, only, maySet }: Props) {
  const { pending, act } = useAct(['money']);
  const [chosen, choose] = useOptimistic(newLinkRule);
  const set = (value: NewLinkRule) => {
    choose(value);
    return setRule({ profile: id, newLinkRule: value });
  };
  return (
    <RadioChoice
      legend={name}
      isHidden={only}
      options={NEW_LINK_RULES.map((value) => ({ value, ...RULES[value] }))}
      chosen={chosen}
      disabled={!maySet || pending}
      note={!maySet && 'An owner or admin can change this.'}
      onChoose={({ value, label }) =>
        act(() => set(value), `Set to “${label}”.`, undefined, undefined, {
          work: () => set(newLinkRule),
          done: `Set to “${RULES[newLinkRule].label}” again.`,
        })
      }
    />
  );
}
