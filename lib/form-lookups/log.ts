import { type Outcome, ok } from '@/core/outcome';
import { listLookupCalls as listRows } from '@/db/queries/form-lookups';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { LookupCall } from '../contracts/form-lookups';
import { executor } from '../transact';
import { loadProfile } from './internal';

const MOST_CALLS = 50;

/** The newest lookups of a profile, newest first. Values of the answers are masked. */
export async function listLookupCalls(ctx: Ctx, profile: string): Promise<Outcome<LookupCall[]>> {
  const allowed = authorize(ctx, 'payment_profiles:read');
  if (!allowed.ok) return allowed;
  const found = await loadProfile(ctx, executor(ctx), profile);
  if (!found.ok) return found;
  const key = { merchantId: ctx.merchantId, profileId: profile };
  const rows = await listRows(executor(ctx), key, MOST_CALLS);
  return ok(
    rows.map((row) => ({
      id: row.id,
      occasion: row.occasion,
      actor: row.actorName,
      reference: row.reference,
      outcome: row.outcome,
      status: row.status,
      detail: row.detail,
      proposed: row.proposed,
      answer: row.answer,
      durationMs: row.durationMs,
      at: row.at.toISOString(),
    })),
  );
}
