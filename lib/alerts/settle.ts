import { type Outcome, ok, refuse } from '@/core/outcome';
import { settleAlert as settle } from '@/db/queries/alerts';
import { authorize } from '../authorize';
import { actorName, type Ctx } from '../context';
import { settleAlertInput } from '../contracts/reconciliation';
import { audit } from '../events/audit';
import { parseInput } from '../parse';
import { transact } from '../transact';

/** Puts an alert away: somebody has dealt with it, and says how. What raised it may raise it again. */
export async function settleAlert(
  ctx: Ctx,
  raw: unknown,
): Promise<Outcome<{ kind: string; subject: string }>> {
  const allowed = authorize(ctx, 'reconciliation:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(settleAlertInput, raw, ['subject']);
  if (!parsed.ok) return parsed;
  const { kind, subject, reason } = parsed.value;
  return transact(ctx, async (tx) => {
    const isSettled = await settle(tx, ctx.merchantId, kind, subject, actorName(ctx.actor));
    if (!isSettled) return refuse('not_found', 'There is no such open alert.');
    await audit(ctx, tx, 'alert.settle', subject, { kind, reason });
    return ok({ kind, subject });
  });
}
