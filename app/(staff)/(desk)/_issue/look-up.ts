'use server';
import { staffAction } from '@/app/_server/staff';
import type { LookupResult } from '@/lib/contracts/form-lookups';
import { lookUpForm } from '@/lib/form-lookups';
import type { IssueValues } from './input';
import { valuesFrom } from './proposals';

export type LookUpState = {
  /** Counts the answers that fill the form. */
  round: number;
  reference: string;
  profile: string;
  result: LookupResult | null;
  /** What the form is filled with. */
  values: IssueValues;
  problem: { message: string; signIn: boolean } | null;
};

/** Asks the merchant's own system what it knows of a reference. Nothing is issued: what comes back are proposals. */
export async function lookUp(before: LookUpState, form: FormData): Promise<LookUpState> {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const asked = { ...before, reference: text('lookupReference'), profile: text('lookupProfile') };
  const outcome = await ask(asked.profile, asked.reference);
  if (!outcome.ok) {
    const { code, message } = outcome.error;
    return { ...asked, result: null, problem: { message, signIn: code === 'unauthenticated' } };
  }
  const result = outcome.value;
  if (result.outcome !== 'found') return { ...asked, result, problem: null };
  const round = before.round + 1;
  return {
    ...asked,
    round,
    result,
    problem: null,
    values: { ...valuesFrom(result), profile: asked.profile },
  };
}

const ask = staffAction('look_up_form', ({ ctx }, profile: string, reference: string) =>
  lookUpForm(ctx, { profile: String(profile), ...(reference && { reference: String(reference) }) }),
);
