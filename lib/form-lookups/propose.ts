import * as z from 'zod';
import { type Outcome, ok } from '@/core/outcome';
import type { Ctx } from '../context';
import { type LookupReport, type LookupResult, lookupWish, type Proposals } from '../contracts/form-lookups';
import { refuseCardNumber } from '../parse';
import { lookUpForm, refuseLookup } from './look-up';

type Input = Record<string, unknown>;
export type Proposed = { input: unknown; report: LookupReport | null };

const isObject = (value: unknown): value is Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Only what a lookup is asked with; the rest is judged once it is filled in. */
const asked = z.looseObject({
  reference: z.string().optional(),
  profile: z.string().optional(),
  lookup: lookupWish,
});

/**
 * The input of a new link, with what it leaves out filled from the merchant's system where `lookup` asks for it. What was
 * sent stays, and so does the amount. A lookup that fails fills nothing, and the report says so.
 */
export async function withProposals(
  ctx: Ctx,
  raw: unknown,
  exempt: readonly string[],
): Promise<Outcome<Proposed>> {
  if (!isObject(raw) || raw.lookup === undefined || raw.lookup === false)
    return ok({ input: raw, report: null });
  const clean = refuseCardNumber(raw, exempt);
  if (!clean.ok) return clean;
  const read = asked.safeParse(raw);
  if (!read.success) {
    const path = read.error.issues[0]?.path.join('.') ?? 'lookup';
    return path === 'lookup' ? refuseLookup('must be true, or an object') : ok({ input: raw, report: null });
  }
  const { reference, profile, lookup } = read.data;
  const wish = typeof lookup === 'object' ? lookup : {};
  const found = await lookUpForm(ctx, { reference, profile, ...wish });
  if (!found.ok) return found;
  const { input, filled } = fill(raw, found.value.proposals);
  return ok({ input, report: reportOf(found.value, filled) });
}

const reportOf = ({ outcome, proposals, notes }: LookupResult, filled: string[]): LookupReport => ({
  outcome,
  filled,
  amountMinor: proposals.amountMinor ?? null,
  currency: proposals.currency ?? null,
  notes,
});

/** Line items go with the amount that they sum to, or not at all. */
export function fits(
  { lineItems, amountMinor, currency }: Proposals,
  link: { amountMinor?: unknown; currency?: unknown },
): boolean {
  return lineItems !== undefined && link.amountMinor === amountMinor && link.currency === currency;
}

function fill(raw: Input, proposals: Proposals): { input: Input; filled: string[] } {
  const filled: string[] = [];
  const into = (target: Input, name: string, value: unknown, field = name) => {
    if (value === undefined || target[name] !== undefined) return;
    target[name] = value;
    filled.push(field);
  };
  const { lookup: _, ...input }: Input = { ...raw };
  if (input.customer === undefined || isObject(input.customer)) {
    const customer: Input = { ...(input.customer as Input | undefined) };
    for (const [name, value] of Object.entries(proposals.customer))
      into(customer, name, value, `customer.${name}`);
    input.customer = customer;
  }
  for (const name of ['description', 'reference'] as const) into(input, name, proposals[name]);
  if (fits(proposals, raw)) into(input, 'lineItems', proposals.lineItems);
  if (input.metadata === undefined || isObject(input.metadata)) {
    const metadata: Input = { ...(input.metadata as Input | undefined) };
    for (const [name, value] of Object.entries(proposals.fields)) {
      if (Object.keys(metadata).length < 20) into(metadata, name, value, `metadata.${name}`);
    }
    input.metadata = metadata;
  }
  return { input, filled };
}
