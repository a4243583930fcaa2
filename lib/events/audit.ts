import { note } from '@/core/trace';
import type { Executor } from '@/db/client';
import { auditRows } from '@/db/queries/events';
import { insertRows, type Rows } from '@/db/queries/rows';
import { actorId, type Ctx } from '../context';
import { newId } from '../ids';

/** Notes who did what to which object, in the transaction that did it; its trace tells the act too. */
export const audit = (
  ctx: Ctx,
  tx: Executor,
  action: string,
  subject: string,
  data: Record<string, unknown> = {},
): Promise<void> => {
  note({ 'counterfoil.act': action, 'counterfoil.subject': subject });
  return insertRows(tx, audits(ctx, action, [{ subject, data }]));
};

/** The same act on many objects, as rows to be written with what it did. */
export const audits = (
  ctx: Ctx,
  action: string,
  all: readonly { subject: string; data: Record<string, unknown> }[],
): Rows =>
  auditRows(
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
