'use server';
import { redirect } from 'next/navigation';
import { staffAction } from '@/app/_server/staff';
import { type AppError, type Outcome, ok, refuse } from '@/core/outcome';
import type { Ctx } from '@/lib/context';
import { sha256 } from '@/lib/crypto';
import { idempotently } from '@/lib/idempotency';
import { createPaymentLink } from '@/lib/payment-links';
import { amountOf, errorsOf, type IssueErrors, type IssueValues, inputOf, valuesOf } from './input';

export type IssueState = {
  /** Counts the answers: a new one shows its fields anew. */
  round: number;
  values: IssueValues;
  errors: IssueErrors;
  problem: { message: string; signIn: boolean } | null;
};

/** Issues the link that the form describes and goes on to its page; on a refusal everything typed comes back. */
export async function issueLink(before: IssueState, form: FormData): Promise<IssueState> {
  const values = valuesOf(form);
  const round = before.round + 1;
  const amount = amountOf(values.amount ?? '', values.currency ?? '');
  if ('error' in amount) return { round, values, errors: { amount: amount.error }, problem: null };
  const outcome = await issue(inputOf(values, amount.amountMinor), values.formId ?? '');
  if (outcome.ok) redirect(`/admin/links/${outcome.value}?issued=1`);
  const errors = errorsOf(outcome.error.errors, values);
  const explained = Object.keys(errors).length > 0;
  const { code, message } = outcome.error;
  return {
    round,
    values,
    errors,
    problem: explained ? null : { message, signIn: code === 'unauthenticated' },
  };
}

const issue = staffAction('issue_link', ({ ctx }, input: Record<string, unknown>, formId: string) =>
  issueOnce(ctx, input, formId),
);

/** A form that is sent twice (double click, reload, back) with the same content issues one link. */
async function issueOnce(ctx: Ctx, input: Record<string, unknown>, formId: string): Promise<Outcome<string>> {
  if (!/^[0-9a-f-]{36}$/.test(formId)) return refuse('invalid', 'This form is out of date. Reload the page.');
  const body = JSON.stringify(input);
  const request = { path: '/staff/issue', key: `${formId}:${sha256(body)}`, body };
  let refused: AppError | null = null;
  for (let tries = 0; tries < 40; tries++) {
    const result = await idempotently(ctx, request, async (inner) => {
      const outcome = await createPaymentLink(inner, input);
      if (outcome.ok) return { status: 201, body: outcome.value.id };
      refused = outcome.error;
      return { status: 503, body: '' };
    });
    if (refused) return { ok: false, error: refused };
    if (result.kind === 'answer') return ok(result.answer.body);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return refuse('idempotency_in_flight', 'This link is being issued already. Look for it in the list.');
}
