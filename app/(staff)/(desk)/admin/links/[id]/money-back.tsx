import { Badge } from '@/app/_components/badge';
import { Card } from '@/app/_components/card';
import { moneyText } from '@/app/_components/format';
import { Time } from '@/app/_components/time';
import type { Dispute } from '@/lib/contracts/disputes';
import type { Refund } from '@/lib/contracts/refunds';
import type { AttemptHistory } from '@/lib/payment-links';
import { cardText } from '../../../_words/cards';
import { reasonInWords } from '../../../_words/events';
import { DISPUTES, REFUNDS } from '../../../_words/states';

type Props = { refunds: Refund[]; disputes: Dispute[]; attempts: AttemptHistory[]; zone: string };

/** Money that went back, or is on its way: by whom, why, and how it ended. Newest first. */
export function MoneyBack({ refunds, disputes, attempts, zone }: Props) {
  const cardOf = (attempt: string) => cardText(attempts.find(({ id }) => id === attempt)?.card ?? null);
  return (
    <Card id="money-back" title="Refunds and disputes">
      <ul className="divide-y divide-line">
        {disputes.toReversed().map((dispute) => (
          <li key={dispute.id} className="py-3 first:pt-0 last:pb-0">
            <Row money={dispute} words={DISPUTES[dispute.state]} what="disputed" />
            <p className="text-sm text-muted">
              <Time at={dispute.openedAt} zone={zone} /> · {cardOf(dispute.paymentAttempt)} · by the
              customer’s bank
              {dispute.closedAt && (
                <>
                  , closed <Time at={dispute.closedAt} zone={zone} />
                </>
              )}
            </p>
            {dispute.reason && <p className="mt-1 text-sm">Their reason: {reasonInWords(dispute.reason)}</p>}
          </li>
        ))}
        {refunds.toReversed().map((refund) => (
          <li key={refund.id} className="py-3 first:pt-0 last:pb-0">
            <Row money={refund} words={REFUNDS[refund.state]} what="refund" />
            <p className="text-sm text-muted">
              <Time at={refund.createdAt} zone={zone} /> · to {cardOf(refund.paymentAttempt)} ·{' '}
              {refund.createdBy.kind === 'gateway' ? 'begun at the gateway' : refund.createdBy.name}
            </p>
            {refund.reason && <p className="mt-1 text-sm">Why: {refund.reason}</p>}
            {refund.state === 'failed' && refund.failure && (
              <p className="mt-1 text-sm text-bad">It failed: {reasonInWords(refund.failure)}.</p>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

const Row = ({
  money,
  words: [label, tone],
  what,
}: {
  money: { amountMinor: number; currency: string };
  words: (typeof REFUNDS)[keyof typeof REFUNDS];
  what: string;
}) => (
  <div className="flex items-start justify-between gap-3">
    <p className="min-w-0 font-medium tabular-nums">
      {moneyText(money)} <span className="font-normal text-muted">{what}</span>
    </p>
    <Badge tone={tone}>{label}</Badge>
  </div>
);
