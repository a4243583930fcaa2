'use client';
import type { QueryKey } from '@tanstack/react-query';
import { useState } from 'react';
import { AreaField, TextField } from '@/app/_components/field';
import { moneyText } from '@/app/_components/format';
import { refuseCard } from '@/app/_components/no-card';
import type { Decision } from '@/core/payment-attempt';
import type { PaymentAttempt } from '@/lib/contracts/payment-links';
import { ActDialog } from '../../../../_parts/act-dialog';
import { cardText } from '../../../../_words/cards';
import { underWay } from '../../../../_words/situation';
import { confirmIdentity, settleAttempt } from '../actions';
import { Choice } from './choice';
import type { ActProps } from './props';

type Unsettled = Pick<PaymentAttempt, 'id' | 'amountMinor' | 'currency' | 'card'>;
type Props = { attempt: Unsettled | undefined; queryKey: QueryKey; open: boolean; onClose: () => void };

/** Says what became of the payment under way, on the page of its link. */
export const SettleDialog = ({ history, ...rest }: ActProps) => (
  <DecideDialog attempt={underWay(history.attempts)} {...rest} />
);

/** Says whether a payment was charged that the gateway has not told of for a day. */
export function DecideDialog({ attempt, queryKey, open, onClose }: Props) {
  const [decision, setDecision] = useState<Decision | null>(null);
  const submit = (form: FormData) => {
    const typed = (name: string) => String(form.get(name) ?? '').trim() || undefined;
    return settleAttempt(attempt?.id ?? '', {
      decision,
      reason: typed('reason') ?? '',
      gatewayReference: typed('gatewayReference'),
      gatewayWord: typed('gatewayWord'),
    });
  };
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      title={attempt ? `What became of ${moneyText(attempt)}?` : 'What became of it?'}
      label={LABELS[decision ?? 'none']}
      working="Asking the gateway once more…"
      danger={decision === 'not_charged'}
      done="It is decided."
      queryKey={queryKey}
      onSubmit={submit}
      confirm={confirmIdentity}
    >
      {attempt && <About attempt={attempt} />}
      <fieldset className="space-y-2">
        <legend className="mb-1 font-medium">What the gateway’s own pages or people say</legend>
        {(['charged', 'not_charged'] as const).map((one) => (
          <Choice
            key={one}
            name="decision"
            value={one}
            checked={decision === one}
            onChoose={() => setDecision(one)}
          >
            {CHOICES[one]}
          </Choice>
        ))}
      </fieldset>
      {decision && <Facts decision={decision} />}
    </ActDialog>
  );
}

const LABELS = { charged: 'It was charged', not_charged: 'It was not charged', none: 'Decide' };
const CHOICES: Record<Decision, string> = {
  charged: 'It was charged: the gateway has the money',
  not_charged: 'It was not charged: no money was taken',
};

const About = ({ attempt }: { attempt: Unsettled }) => (
  <div className="space-y-2 text-muted">
    <p>
      Look up the payment with {cardText(attempt.card)} at the gateway first, under{' '}
      <code className="font-mono text-[0.8125rem] break-all">{attempt.id}</code>. The gateway is asked once
      more before your word counts, and again after it; if it ever tells otherwise, that counts and you are
      told.
    </p>
  </div>
);

const Facts = ({ decision }: { decision: Decision }) => (
  <>
    <p className="text-sm">
      {decision === 'charged'
        ? 'The money is entered in the ledger, and the request counts as paid by it.'
        : 'The customer can pay the request again. The gateway is told to refuse this payment for good.'}
    </p>
    <TextField
      name="gatewayReference"
      label="The gateway’s own reference of the payment"
      optional={decision === 'not_charged'}
      required={decision === 'charged'}
      maxLength={120}
      autoComplete="off"
      onInput={refuseCard}
      {...(decision === 'charged' && { hint: 'A refund is asked for by it later.' })}
    />
    {decision === 'not_charged' && (
      <TextField
        name="gatewayWord"
        label="The gateway’s word in writing"
        optional
        maxLength={500}
        autoComplete="off"
        onInput={refuseCard}
        hint="Who at the gateway wrote that nothing was charged, and when. Needed while the gateway cannot be reached."
      />
    )}
    <AreaField
      name="reason"
      label="How you know"
      required
      maxLength={500}
      onInput={refuseCard}
      hint="What you saw and where, for those who read it later."
    />
  </>
);
