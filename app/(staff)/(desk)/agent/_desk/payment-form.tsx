'use client';
import { useEffect, useRef } from 'react';
import { Badge } from '@/app/_components/badge';
import { Button } from '@/app/_components/button';
import { moneyText } from '@/app/_components/format';
import { Notice } from '@/app/_components/notice';
import type { LookupResult } from '@/lib/contracts/form-lookups';
import type { AgentCall, AgentContext, AgentDesk } from '@/lib/payment-sessions';
import { amountOf } from '../../_issue/input';
import { fieldLabel, lookupBadge, lookupSentence, proposalLines } from '../../_words/lookup';
import type { AgentClient } from './client';
import { keypadWay } from './form-values';
import { MethodChoice } from './method-choice';
import { PaymentFields } from './payment-fields';
import { useKeys } from './use-keys';
import { type PaymentForm as Form, type FormStart, usePaymentForm } from './use-payment-form';

type Props = {
  client: AgentClient;
  context: AgentContext;
  call: AgentCall | undefined;
  start: FormStart;
  onStarted: (desk: AgentDesk) => void;
  onLeave: () => void;
};

/** One payment: how much, for what, from whom, and which way. */
export function PaymentForm({ onLeave, ...props }: Props) {
  const form = usePaymentForm(props);
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const first = props.start.reference ? 'reference' : 'amount';
    element.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  }, [props.start.reference]);
  const { refused, problem } = form;
  useEffect(() => {
    if (Object.keys(refused).length > 0 || problem)
      element.current?.querySelector<HTMLElement>('[aria-invalid], [data-problem]')?.focus();
  }, [refused, problem]);
  useKeys({
    keypad: form.noKeypad ? undefined : () => form.setChosen('agent_assist'),
    link: () => form.setChosen('digital'),
    lookUp: form.values.reference.trim() === '' ? undefined : () => void form.lookUp(),
    submit: () => void form.submit(),
  });
  return (
    <form
      ref={element}
      noValidate
      aria-label="Payment"
      aria-busy={form.busy !== null}
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit();
      }}
      className="space-y-4 rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5"
    >
      <h2 className="text-lg font-semibold">New payment</h2>
      {problem && (
        <div data-problem="" tabIndex={-1} role="alert">
          <Notice tone="bad">
            {problem.message}{' '}
            {problem.code === 'unauthenticated' && (
              <a href="/sign-in" target="_blank" rel="noreferrer" className="font-semibold underline">
                Sign in in a new tab
              </a>
            )}
          </Notice>
        </div>
      )}
      <PaymentFields form={form} context={props.context} />
      <div aria-live="polite">{form.looked && <Looked result={form.looked} />}</div>
      <MethodChoice
        kind={form.kind}
        onChoose={form.setChosen}
        whyNoKeypad={form.noKeypad}
        keypadWay={keypadWay(props.context)}
      />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" disabled={form.busy !== null} className="min-h-12 px-6 text-base max-sm:w-full">
          {startLabel(form)}
        </Button>
        <Button kind="quiet" className="min-h-12 max-sm:w-full" onClick={onLeave}>
          Leave it
        </Button>
      </div>
    </form>
  );
}

function startLabel({ busy, kind, values }: Form): string {
  if (busy === 'starting') return kind === 'digital' ? 'Sending…' : 'Starting…';
  const amount = amountOf(values.amount.trim(), values.currency);
  const money = 'error' in amount ? '' : ` for ${moneyText({ ...amount, currency: values.currency })}`;
  return `${kind === 'digital' ? 'Send link' : 'Start keypad'}${money}`;
}

function Looked({ result }: { result: LookupResult }) {
  const [label, tone] = lookupBadge(result.outcome);
  const isFound = result.outcome === 'found';
  const found = proposalLines(result.proposals).filter(([field]) => field !== 'lineItems');
  return (
    <section aria-label="What was found" className="rounded-lg bg-sunken px-3 py-2 text-sm">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="font-medium">
          {isFound
            ? 'Filled in from your own system. Check it, the amount above all.'
            : `${lookupSentence(result)} Fill the form in by hand.`}
        </p>
        <Badge tone={tone}>{label}</Badge>
      </div>
      {isFound && <p className="break-words text-muted">{found.map(([, text]) => text).join(' · ')}</p>}
      {result.notes.length > 0 && (
        <p className="text-warn">
          Left out: {result.notes.map(({ field, message }) => `${fieldLabel(field)} (${message})`).join(', ')}
          .
        </p>
      )}
    </section>
  );
}
