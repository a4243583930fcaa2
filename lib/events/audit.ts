import type { Executor } from '@/db/client';
import { insertAudit } from '@/db/queries/events';
import { actorId, type Ctx } from '../context';
import { newId } from '../ids';

/** Notes who did what to which object, in the transaction that did it. */
export async function audit(
  ctx: Ctx,
  tx: Executor,
  action: string,
  subject: string,
  data: Record<string, unknown> = {},
): Promise<void> {
  await insertAudit(tx, {
    merchantId: ctx.merchantId,
    id: newId('audit'),
    actorKind: ctx.actor.kind,
    actorId: actorId(ctx.actor),
    action,
    subject,
    data,
    address: ctx.address ?? null,
    requestId: ctx.requestId,
  });
}
