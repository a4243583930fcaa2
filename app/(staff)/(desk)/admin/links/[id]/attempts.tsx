import { Badge } from '@/app/_components/badge';
import { Card } from '@/app/_components/card';
import { moneyText } from '@/app/_components/format';
import { Time } from '@/app/_components/time';
import { asDeclineCode } from '@/core/payment-attempt';
import type { AttemptHistory } from '@/lib/payment-links';
import { cardText, DECLINES } from '../../../_words/cards';
import { DO_NOT_ASK } from '../../../_words/situation';
import { ATTEMPTS } from '../../../_words/states';

/** Each try to pay, newest first: how much with which card, how it ended, what to tell the customer. */
export function Attempts({ attempts, zone }: { attempts: AttemptHistory[]; zone: string }) {
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

function Attempt({ attempt, zone }: { attempt: AttemptHistory; zone: string }) {
  const { card, declineCode } = attempt;
  const [label, tone] = ATTEMPTS[attempt.state];
  const decline = declineCode === null ? null : DECLINES[asDeclineCode(declineCode)];
  const flows = flowsOf(attempt);
  return (
    <li className="py-3 first:pt-0 last:pb-0">
      <div className="flex items-start justify-between gap-3">
        <p className="min-w-0 font-medium">
          <span className="tabular-nums">{moneyText(attempt)}</span>
          <span className="font-normal text-muted"> · {cardText(card)}</span>
        </p>
        <Badge tone={tone}>{label}</Badge>
      </div>
      <p className="text-sm text-muted">
        <Time at={attempt.createdAt} zone={zone} />
        {card && ` · card valid to ${String(card.expMonth).padStart(2, '0')}/${card.expYear}`}
        {attempt.channel === 'moto' && ' · by telephone'}
      </p>
      {flows && <p className="mt-1 text-sm tabular-nums">{flows}</p>}
      {attempt.state === 'unknown' && (
        <p className="mt-2 text-sm">
          The gateway is being asked. {DO_NOT_ASK}
          {attempt.needsOperator ? '.' : ': this answers itself.'}
        </p>
      )}
      {attempt.decidedAs && <p className="mt-2 text-sm">{decidedText(attempt)}</p>}
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

/** What was decided by hand, and whether the gateway says so too. */
function decidedText({ decidedAs, decisionTold, state }: AttemptHistory): string {
  const said = decidedAs === 'charged' ? 'it was charged' : 'nothing was charged';
  if (!decisionTold) return `Decided by hand: ${said}. The gateway is still asked from time to time.`;
  return (decidedAs === 'charged') === (state === 'succeeded')
    ? `Decided by hand: ${said}. The gateway has confirmed it since.`
    : `Decided by hand: ${said}. The gateway has told otherwise since, and that counts.`;
}

/** "£2.40 refunded · £5.00 on its way back · £5.00 left"; null while all of it is there. */
function flowsOf(attempt: AttemptHistory): string | null {
  const money = (amountMinor: number) => moneyText({ amountMinor, currency: attempt.currency });
  const { refundedMinor, refundingMinor, disputedMinor, leftMinor } = attempt;
  const parts = [
    refundedMinor > 0 && `${money(refundedMinor)} refunded`,
    refundingMinor > 0 && `${money(refundingMinor)} on its way back`,
    disputedMinor > 0 && `${money(disputedMinor)} disputed`,
  ].filter(Boolean);
  return parts.length === 0 ? null : [...parts, `${money(leftMinor)} left`].join(' · ');
}
