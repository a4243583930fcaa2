import type { AlertKind } from '@/core/reconciliation';
import type { Executor } from '@/db/client';
import { upsertAlert } from '@/db/queries/alerts';
import type { Ctx } from '../context';

export type NewAlert = { kind: AlertKind; subject: string; message: string; paymentLinkId?: string };

/** Tells operators that something needs them. The same kind about the same subject is one alert; put away, it opens again. */
export async function raiseAlert(ctx: Ctx, tx: Executor, alert: NewAlert): Promise<void> {
  const { paymentLinkId = null, ...rest } = alert;
  const raised = await upsertAlert(tx, { merchantId: ctx.merchantId, paymentLinkId, ...rest });
  if (raised)
    ctx.log.warn('alert_raised', { merchantId: ctx.merchantId, code: alert.kind, subject: alert.subject });
}
