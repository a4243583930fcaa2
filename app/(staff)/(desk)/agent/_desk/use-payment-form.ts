'use client';
import { useEffect, useRef, useState } from 'react';
import { NO_CARD } from '@/app/_components/no-card';
import { holdsCardNumber } from '@/core/card-rules';
import type { AppError } from '@/core/outcome';
import type { SessionKind } from '@/core/payment-session';
import type { LookupResult } from '@/lib/contracts/form-lookups';
import type { AgentCall, AgentContext, AgentDesk } from '@/lib/payment-sessions';
import { valuesFrom } from '../../_issue/proposals';
import type { AgentClient } from './client';
import {
  emptyValues,
  errorsIn,
  fill,
  type PaymentErrors,
  type PaymentField,
  type PaymentValues,
  refusedFields,
  sessionInput,
  whyNoKeypad,
} from './form-values';

export type FormStart = Partial<PaymentValues>;
type Props = {
  client: AgentClient;
  context: AgentContext;
  call: AgentCall | undefined;
  start: FormStart;
  onStarted: (desk: AgentDesk) => void;
};
type Busy = 'looking' | 'starting' | null;

const BEGUN =
  'What you pressed before has begun after all, as it stood then. Find it under “Your payments” before you begin another.';
/** One for each payment that is begun. Not `randomUUID`: an installation that is tried without TLS has none. */
const newKey = (): string => Array.from(crypto.getRandomValues(new Uint32Array(4)), String).join('-');

/** What is typed into the form of a payment, what a lookup fills in, and how it is sent. */
export function usePaymentForm({ client, context, call, start, onStarted }: Props) {
  const [values, setValues] = useState<PaymentValues>(() => ({ ...emptyValues(context), ...start }));
  const [refused, setRefused] = useState<PaymentErrors>({});
  const [problem, setProblem] = useState<AppError | null>(null);
  const [looked, setLooked] = useState<LookupResult | null>(null);
  const [busy, setBusy] = useState<Busy>(null);
  const [chosen, setChosen] = useState<SessionKind>('agent_assist');
  const touched = useRef(start.contact !== undefined);
  const key = useRef<string | null>(null);
  const phone = call?.call?.customerPhone;
  useEffect(() => {
    if (phone && !touched.current) setValues((now) => ({ ...now, contact: phone }));
  }, [phone]);
  const noKeypad = whyNoKeypad(context, call, values.profile);
  const kind = noKeypad ? 'digital' : chosen;
  const set = (name: PaymentField, text: string) => {
    if (name === 'contact') touched.current = true;
    setValues((now) => ({ ...now, [name]: text }));
    setRefused(({ [name]: _, ...rest }) => rest);
  };
  const lookUp = async () => {
    if (busy || holdsCardNumber(values.reference)) return;
    setBusy('looking');
    setLooked(null);
    setProblem(null);
    const { profile, reference } = values;
    const outcome = await client.act<LookupResult>('/lookup', {
      profile,
      reference: reference.trim(),
      ...(call?.call && { call: call.call.id }),
    });
    setBusy(null);
    if (!outcome.ok) return setProblem(outcome.error);
    setLooked(outcome.value);
    if (outcome.value.outcome !== 'found') return;
    touched.current = true;
    setValues((now) => fill(now, valuesFrom(outcome.value)));
  };
  const submit = async () => {
    if (busy) return;
    const errors = errorsIn(values, kind);
    setRefused(errors);
    setProblem(null);
    if (Object.keys(errors).length > 0) return;
    setBusy('starting');
    const input = sessionInput(values, kind, call?.call ?? null);
    key.current ??= newKey();
    const outcome = await client.act<AgentDesk>('/sessions', input, key.current);
    setBusy(null);
    // Without an answer it may have begun: the next press asks for the same.
    if (outcome.ok || outcome.error.code !== 'unavailable') key.current = null;
    if (outcome.ok) return onStarted(outcome.value);
    if (outcome.error.code === 'idempotency_mismatch')
      return setProblem({ ...outcome.error, message: BEGUN });
    const fields = refusedFields(outcome.error, values);
    setRefused(fields);
    if (Object.keys(fields).length === 0) setProblem(outcome.error);
  };
  const errorOf = (name: PaymentField): string | undefined =>
    holdsCardNumber(values[name]) ? NO_CARD : refused[name];
  return { values, set, errorOf, refused, problem, looked, busy, kind, setChosen, noKeypad, lookUp, submit };
}
export type PaymentForm = ReturnType<typeof usePaymentForm>;
