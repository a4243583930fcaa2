'use server';
import { redirect } from 'next/navigation';
import { once } from '@/app/_server/once';
import { staffAction } from '@/app/_server/staff';
import { preparePaymentLink } from '@/lib/payment-links';
import { amountsOf, errorsOf, type IssueErrors, type IssueValues, inputOf, valuesOf } from './input';

export type IssueState = {
  /** Counts the answers: a new one shows its fields anew. */
  round: number;
  /** The lookup that the form was filled from when it was sent. */
  lookupRound: number;
  values: IssueValues;
  errors: IssueErrors;
  problem: { message: string; signIn: boolean } | null;
};

/** Issues the link that the form describes and goes on to its page; on a refusal everything typed comes back. */
export async function issueLink(before: IssueState, form: FormData): Promise<IssueState> {
  const values = valuesOf(form);
  const round = before.round + 1;
  const lookupRound = Number(values.lookupRound ?? 0);
  const read = amountsOf(values);
  if ('errors' in read) return { round, lookupRound, values, errors: read.errors, problem: null };
  const outcome = await issue(inputOf(values, read.amounts), values.formId ?? '', lookupRound > 0);
  if (outcome.ok) redirect(`/admin/links/${outcome.value}?issued=1`);
  const errors = errorsOf(outcome.error.errors, values);
  const explained = Object.keys(errors).length > 0;
  const { code, message } = outcome.error;
  return {
    round,
    lookupRound,
    values,
    errors,
    problem: explained ? null : { message, signIn: code === 'unauthenticated' },
  };
}

const issue = staffAction(
  'issue_link',
  ({ ctx }, input: Record<string, unknown>, formId: string, isLookedUp: boolean) =>
    once(
      ctx,
      { path: '/staff/issue', formId, input },
      { prepare: (outer) => preparePaymentLink(outer, input, { isLookedUp }) },
    ),
);
