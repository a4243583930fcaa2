'use client';
import { useRouter } from 'next/navigation';
import { Card } from '@/app/_components/card';
import type { ProfileChallenge } from '@/core/challenge';
import type { ProfileSettings } from '@/lib/payment-profiles';
import { RadioChoice } from '../../../_parts/radio-choice';
import { useAct } from '../../../_parts/use-act';
import { setChallenge } from './actions';

const QUESTIONS: { value: ProfileChallenge | 'none'; label: string; what: string }[] = [
  { value: 'none', label: 'Nothing', what: 'Whoever opens the link sees what it is for.' },
  {
    value: 'phone_ending',
    label: 'The end of the phone number',
    what: 'The last four digits of the customer’s number. A link then needs that number.',
  },
  {
    value: 'reference_phone_ending',
    label: 'The reference and the end of the phone number',
    what: 'For links that customers forward to somebody else to pay: they tell that person both. Messages do not name the reference.',
  },
  {
    value: 'passcode',
    label: 'A passcode',
    what: 'Six digits by another channel than the link: it needs a phone number and an e-mail address.',
  },
];

/** What links of a profile ask before they show amount, person and what they are for. */
export function QuestionCard({ profile, maySet }: { profile: ProfileSettings; maySet: boolean }) {
  const router = useRouter();
  const { pending, act } = useAct(['profiles']);
  return (
    <Card id="question" title="Asked before the page">
      <p className="mb-3 max-w-prose text-sm text-muted">
        Counts for links that are issued from now on, unless the request asks something else. Five wrong
        answers lock a link.
      </p>
      <RadioChoice
        legend="Asked before the page"
        isHidden
        options={QUESTIONS}
        chosen={profile.challenge ?? 'none'}
        disabled={!maySet || pending}
        note={!maySet && 'An owner or admin can change this.'}
        onChoose={({ value, label }) =>
          act(
            () => setChallenge({ profile: profile.id, challenge: value === 'none' ? null : value }),
            `Set to “${label}”.`,
            () => router.refresh(),
          )
        }
      />
    </Card>
  );
}
