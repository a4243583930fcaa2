import { type Outcome, ok, refuse } from '@/core/outcome';
import { findFormLookup } from '@/db/queries/form-lookups';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { type LookupTrial, lookUpInput } from '../contracts/form-lookups';
import type { Resolve } from '../egress/guard';
import { parseInput } from '../parse';
import { executor } from '../transact';
import { keepAnswer } from '../webhooks/answer';
import { loadProfile } from './internal';
import { askAndLog } from './look-up';

const MOST_TEXT = 4_096;

/** Tries the form lookup of a profile, also one that is switched off, and tells what came back and what becomes of it. */
export async function tryFormLookup(
  ctx: Ctx,
  profile: string,
  raw: unknown,
  resolve?: Resolve,
): Promise<Outcome<LookupTrial>> {
  const allowed = authorize(ctx, 'payment_profiles:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(lookUpInput, raw, ['profile']);
  if (!parsed.ok) return parsed;
  const found = await loadProfile(ctx, executor(ctx), profile);
  if (!found.ok) return found;
  const key = { merchantId: ctx.merchantId, profileId: profile };
  const row = await findFormLookup(executor(ctx), key);
  if (!row) return refuse('conflict', 'No form lookup is set up for this payment profile.');
  const { profile: _, ...subject } = parsed.value;
  const asking = { subject, occasion: 'test' as const, ...(resolve && { resolve }) };
  const { result, text } = await askAndLog(ctx, row, asking);
  return ok({ ...result, answer: text === null ? null : keepAnswer(text.slice(0, MOST_TEXT)) });
}
