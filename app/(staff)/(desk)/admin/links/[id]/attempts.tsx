import { Badge, type Tone } from '@/app/_components/badge';
import { Card } from '@/app/_components/card';
import { Time } from '@/app/_components/time';
import { type AttemptState, asDeclineCode } from '@/core/payment-attempt';
import type { PaymentAttempt } from '@/lib/contracts/payment-links';
import { brandName, DECLINES } from './words';

const STATES: Record<AttemptState, [string, Tone]> = {
  created: ['Entering card', 'plain'],
  submitted: ['With the bank', 'info'],
  requires_action: ['Bank check', 'info'],
  authorized: ['Authorised', 'info'],
  unknown: ['Being confirmed', 'warn'],
  succeeded: ['Succeeded', 'ok'],
  declined: ['Declined', 'bad'],
  failed: ['Failed', 'bad'],
  abandoned: ['Given up', 'plain'],
  voided: ['Released', 'plain'],
};

/** Each try to pay, newest first: which card, how it ended, what to tell the customer. */
export function Attempts({ attempts, zone }: { attempts: PaymentAttempt[]; zone: string }) {
  return (
    <Card id="attempts" title="Payment attempts">
      {attempts.length === 0 && <p className="text-muted">Nobody has tried to pay yet.</p>}
      <ul className="divide-y divide-line">
        {attempts.toReversed().map((attempt) => (
          <Attempt key={attempt.id} attempt={attempt} zone={zone} />
        ))}
      </ul>
    </Card>
  );
}

function Attempt({ attempt, zone }: { attempt: PaymentAttempt; zone: string }) {
  const { card, declineCode } = attempt;
  const [label, tone] = STATES[attempt.state as AttemptState] ?? [attempt.state, 'plain'];
  const decline = declineCode === null ? null : DECLINES[asDeclineCode(declineCode)];
  return (
    <li className="py-3 first:pt-0 last:pb-0">
      <div className="flex items-start justify-between gap-3">
        <p className="min-w-0 font-medium">
          {card ? `${brandName(card.brand)} ending in ${card.last4}` : 'No card yet'}
        </p>
        <Badge tone={tone}>{label}</Badge>
      </div>
      <p className="text-sm text-muted">
        <Time at={attempt.createdAt} zone={zone} />
        {card && ` · valid to ${String(card.expMonth).padStart(2, '0')}/${card.expYear}`}
        {attempt.channel === 'moto' && ' · by telephone'}
      </p>
      {attempt.state === 'unknown' && (
        <p className="mt-2 text-sm">
          The gateway is being asked. Tell the customer not to pay again; this answers itself.
        </p>
      )}
      {decline && (
        <div className="mt-2 rounded-lg bg-sunken px-3 py-2 text-sm">
          <p>
            {decline.why}. <code className="font-mono text-xs text-muted">{declineCode}</code>
          </p>
          <p className="mt-1">
            <span className="font-medium">Say:</span> “{decline.say}”
          </p>
        </div>
      )}
    </li>
  );
}
