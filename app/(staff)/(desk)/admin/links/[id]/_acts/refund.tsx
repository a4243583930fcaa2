'use client';
import { useState } from 'react';
import { TextField } from '@/app/_components/field';
import { moneyText } from '@/app/_components/format';
import { refuseCard } from '@/app/_components/no-card';
import { type AppError, type Outcome, refuse } from '@/core/outcome';
import type { AttemptHistory } from '@/lib/payment-links';
import { amountOf } from '../../../../_issue/input';
import { ActDialog } from '../../../../_parts/act-dialog';
import { cardText } from '../../../../_words/cards';
import { confirmIdentity, refundPayment } from '../actions';
import { Choice } from './choice';
import type { ActProps } from './props';

/** Gives money back: all that is left of a payment, or a part of it. */
export function RefundDialog({ history, queryKey, open, onClose }: ActProps) {
  const [formId] = useState(() => crypto.randomUUID());
  const payments = history.attempts.filter(({ leftMinor }) => leftMinor > 0);
  const submit = (form: FormData): Promise<Outcome<unknown>> => {
    const payment = payments.find(({ id }) => id === form.get('payment')) ?? payments[0];
    if (!payment) return Promise.resolve(refuse('nothing_to_refund', 'Nothing is left to refund.'));
    const amount = amountIn(form, payment);
    if (!amount.ok) return Promise.resolve(amount);
    const reason = String(form.get('reason') ?? '').trim();
    return refundPayment(formId, {
      paymentLink: history.link.id,
      paymentAttempt: payment.id,
      amountMinor: amount.value,
      ...(reason && { reason }),
    });
  };
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      title="Refund the customer"
      label="Refund"
      working="Refunding…"
      danger
      done="The refund is under way."
      queryKey={queryKey}
      onSubmit={submit}
      confirm={confirmIdentity}
      explain={explain}
    >
      <Fields payments={payments} />
    </ActDialog>
  );
}

/** The whole rest as it was seen, or what was typed. */
function amountIn(form: FormData, payment: AttemptHistory): Outcome<number> {
  if (form.get('much') !== 'part') return { ok: true, value: payment.leftMinor };
  const typed = amountOf(String(form.get('amount') ?? '').trim(), payment.currency);
  if ('error' in typed) return refuse('invalid', typed.error);
  return typed.amountMinor > payment.leftMinor
    ? refuse(
        'refund_too_large',
        `At most ${moneyText({ ...payment, amountMinor: payment.leftMinor })} is left.`,
      )
    : { ok: true, value: typed.amountMinor };
}

const explain = ({ code, message }: AppError): string =>
  code === 'refund_too_large' && message.startsWith('Only')
    ? 'Less is left by now: somebody else has just refunded. Close this and look.'
    : message;

function Fields({ payments }: { payments: AttemptHistory[] }) {
  const [chosen, setChosen] = useState(payments[0]?.id);
  const [much, setMuch] = useState('all');
  const payment = payments.find(({ id }) => id === chosen) ?? payments[0];
  if (!payment) return <p className="text-muted">Nothing is left to refund.</p>;
  const money = (amountMinor: number) => moneyText({ amountMinor, currency: payment.currency });
  return (
    <>
      {payments.length > 1 ? (
        <fieldset className="space-y-2">
          <legend className="mb-1 font-medium">Which payment</legend>
          {payments.map((one) => (
            <Choice
              key={one.id}
              name="payment"
              value={one.id}
              checked={one.id === payment.id}
              onChoose={setChosen}
            >
              {money(one.capturedMinor)}, {cardText(one.card)}
            </Choice>
          ))}
        </fieldset>
      ) : (
        <p className="text-muted">
          {money(payment.capturedMinor)} was paid with {cardText(payment.card)}. The money goes back to that
          card.
        </p>
      )}
      <fieldset className="space-y-2">
        <legend className="mb-1 font-medium">How much</legend>
        <Choice name="much" value="all" checked={much === 'all'} onChoose={setMuch}>
          {payment.leftMinor < payment.capturedMinor ? 'All that is left' : 'All of it'}:{' '}
          {money(payment.leftMinor)}
        </Choice>
        <Choice name="much" value="part" checked={much === 'part'} onChoose={setMuch}>
          A part
        </Choice>
        {much === 'part' && <PartField currency={payment.currency} most={payment.leftMinor} />}
      </fieldset>
      <TextField
        name="reason"
        label="Why"
        optional
        maxLength={200}
        autoComplete="off"
        onInput={refuseCard}
        hint="For your records. The customer does not see it."
      />
      <p className="text-sm text-muted">A refund cannot be taken back.</p>
    </>
  );
}

function PartField({ currency, most }: { currency: string; most: number }) {
  const [text, setText] = useState('');
  const amount = amountOf(text.trim(), currency);
  const money = (amountMinor: number) => moneyText({ amountMinor, currency });
  return (
    <TextField
      name="amount"
      label="Amount to refund"
      inputMode="decimal"
      autoComplete="off"
      maxLength={24}
      value={text}
      onChange={(event) => setText(event.target.value)}
      hint={
        'error' in amount ? `At most ${money(most)}.` : `= ${money(amount.amountMinor)} of ${money(most)}`
      }
      className="font-semibold tabular-nums"
    />
  );
}
