'use client';
import { useId } from 'react';
import { Card } from '@/app/_components/card';
import { NEW_LINK_RULES, type NewLinkRule } from '@/core/payment-link';
import type { ProfileSettings } from '@/lib/payment-profiles';
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
  const group = useId();
  return (
    <fieldset disabled={!maySet || pending} className="space-y-2">
      <legend className={only ? 'sr-only' : 'mb-1 font-medium'}>{name}</legend>
      {NEW_LINK_RULES.map((rule) => (
        <label
          key={rule}
          className="flex gap-3 rounded-lg border border-line-strong bg-surface px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft"
        >
          <input
            type="radio"
            name={group}
            value={rule}
            checked={newLinkRule === rule}
            onChange={() =>
              act(() => setRule({ profile: id, newLinkRule: rule }), `Set to “${RULES[rule].label}”.`)
            }
            className="mt-1 size-4 shrink-0 accent-accent"
          />
          <span>
            <span className="font-medium">{RULES[rule].label}</span>
            <span className="block text-sm text-muted">{RULES[rule].what}</span>
          </span>
        </label>
      ))}
      {!maySet && <p className="text-sm text-muted">An owner or admin can change this.</p>}
    </fieldset>
  );
}
