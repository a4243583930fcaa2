import type { LookupOccasion } from '@/core/crm';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { readNow } from '@/db/clock';
import { type FormLookupRow, findFormLookup, insertLookupCall } from '@/db/queries/form-lookups';
import { authorize } from '../authorize';
import { type Actor, actorName, type Ctx } from '../context';
import { type LookupResult, lookUpInput } from '../contracts/form-lookups';
import type { Resolve } from '../egress/guard';
import { newId } from '../ids';
import { parseInput } from '../parse';
import { executor, requireNoTransaction } from '../transact';
import { type Exchange, exchange, type Question } from './exchange';
import { profileFor } from './internal';
import { type Mapped, mapAnswer } from './mapping';
import { maskAnswer } from './mask';

/** Ids and numbers of calls are not free text. */
const EXEMPT = ['profile'];
const NOTHING: Mapped = { proposals: { customer: {}, fields: {} }, proposed: [], notes: [] };

/**
 * Asks the merchant's own system what is known of a reference, for the form of a payment link. Whatever it does, the
 * answer comes within two seconds or so and says how it went; what it holds are proposals, which a person or a back end confirms.
 */
export async function lookUpForm(ctx: Ctx, raw: unknown, resolve?: Resolve): Promise<Outcome<LookupResult>> {
  const allowed = authorize(ctx, 'payment_links:create');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(lookUpInput, raw, EXEMPT);
  if (!parsed.ok) return parsed;
  const { profile: wanted, ...subject } = parsed.value;
  const profile = await profileFor(ctx, executor(ctx), wanted);
  const key = profile && { merchantId: ctx.merchantId, profileId: profile.id };
  const row = key && (await findFormLookup(executor(ctx), key));
  if (!row?.enabled) return refuseLookup('is not set up for this payment profile');
  const occasion = ctx.actor.kind === 'api_client' ? 'api' : 'form';
  const { result } = await askAndLog(ctx, row, { subject, occasion, ...(resolve && { resolve }) });
  return ok(result);
}

export const refuseLookup = (message: string) =>
  refuse('invalid', `lookup: ${message}`, { errors: [{ path: 'lookup', message }] });

/** Staff at their desk, or an agent at one inside another system's page. */
const isPerson = (actor: Actor): actor is Extract<Actor, { kind: 'user' | 'agent' }> =>
  actor.kind === 'user' || actor.kind === 'agent';

type Subject = {
  reference?: string | undefined;
  customerKey?: string | undefined;
  call?: string | undefined;
};
type Asking = { subject: Subject; occasion: LookupOccasion; resolve?: Resolve };

/** One lookup with its line in the log, for real ones and the test button alike. `text` is what was answered. */
export async function askAndLog(
  ctx: Ctx,
  row: FormLookupRow,
  { subject, occasion, resolve }: Asking,
): Promise<{ result: LookupResult; text: string | null }> {
  requireNoTransaction(ctx);
  const id = newId('formLookup');
  const question: Question = {
    reference: subject.reference ?? null,
    customerKey: subject.customerKey ?? null,
    agent: isPerson(ctx.actor) ? { id: ctx.actor.id, name: ctx.actor.name } : null,
    call: subject.call ?? null,
    profile: row.profileId,
  };
  const at = await readNow(executor(ctx));
  const went = await atMostAFew(row, () => exchange(ctx.config, row, { id, question, at }, resolve));
  const mapped = went.json ? mapAnswer(went.json, row.mapping) : NOTHING;
  const isEmpty = went.outcome === 'found' && mapped.proposed.length === 0;
  const outcome = isEmpty ? 'nothing_usable' : went.outcome;
  const { status, detail, durationMs } = went;
  const shared = { id, outcome, status, detail, durationMs, proposed: mapped.proposed };
  await insertLookupCall(executor(ctx), {
    ...shared,
    merchantId: ctx.merchantId,
    profileId: row.profileId,
    occasion,
    actorName: actorName(ctx.actor),
    reference: question.reference ?? question.customerKey,
    answer: went.json && maskAnswer(went.json),
  });
  const { log, merchantId } = ctx;
  log.info('form_lookup', { merchantId, subject: row.profileId, state: outcome, status, ms: durationMs });
  return { result: { ...shared, proposals: mapped.proposals, notes: mapped.notes }, text: went.text };
}

/** Lookups of one profile under way in this process. A system that hangs must not take every connection there is. */
const MOST_AT_ONCE = 5;
const under = new Map<string, number>();
const BUSY: Exchange = { outcome: 'busy', status: null, detail: null, durationMs: 0, json: null, text: null };

async function atMostAFew({ profileId }: FormLookupRow, work: () => Promise<Exchange>): Promise<Exchange> {
  const count = under.get(profileId) ?? 0;
  if (count >= MOST_AT_ONCE) return BUSY;
  under.set(profileId, count + 1);
  try {
    return await work();
  } finally {
    const left = (under.get(profileId) ?? 1) - 1;
    if (left > 0) under.set(profileId, left);
    else under.delete(profileId);
  }
}
