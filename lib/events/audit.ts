import type { Executor } from '@/db/client';
import { insertAudits } from '@/db/queries/events';
import { actorId, type Ctx } from '../context';
import { newId } from '../ids';

/** Notes who did what to which object, in the transaction that did it. */
export const audit = (
  ctx: Ctx,
  tx: Executor,
  action: string,
  subject: string,
  data: Record<string, unknown> = {},
): Promise<void> => auditAll(ctx, tx, action, [{ subject, data }]);

/** The same act on many objects at once. */
export const auditAll = (
  ctx: Ctx,
  tx: Executor,
  action: string,
  all: readonly { subject: string; data: Record<string, unknown> }[],
): Promise<void> =>
  insertAudits(
    tx,
    all.map(({ subject, data }) => ({
      merchantId: ctx.merchantId,
      id: newId('audit'),
      actorKind: ctx.actor.kind,
      actorId: actorId(ctx.actor),
      action,
      subject,
      data,
      address: ctx.address ?? null,
      requestId: ctx.requestId,
    })),
  );
