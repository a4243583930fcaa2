import type { Executor } from '@/db/client';
import {
  insertNotification,
  moveNotification,
  type NotificationRow,
} from '@/db/queries/gateway-notifications';
import type { PaymentAttemptRow } from '@/db/queries/payment-attempts';
import { raiseAlert } from '../alerts/raise';
import type { Ctx } from '../context';
import type { NotificationFact } from '../gateways';

/** `answer`: not a notification, but an answer of the gateway that did not fit; applying it means reading again. */
export type StoredFact = NotificationFact | { kind: 'answer'; attempt: string };

type About = { paymentLinkId?: string | undefined };

const tell = (ctx: Ctx, tx: Executor, subject: string, reason: string, { paymentLinkId }: About) =>
  raiseAlert(ctx, tx, {
    kind: 'mismatch',
    subject,
    message: `The gateway says something that cannot be: ${reason}. It was set aside; compare it with the gateway.`,
    ...(paymentLinkId !== undefined && { paymentLinkId }),
  });

/** Sets a notification aside and tells an operator. */
export async function quarantine(
  ctx: Ctx,
  tx: Executor,
  note: NotificationRow,
  reason: string,
  about: About,
): Promise<void> {
  const { merchantId, profileId, gatewayId } = note;
  const key = { merchantId, profileId, gatewayId };
  if (!(await moveNotification(tx, key, ['received', 'waiting'], 'quarantined', reason))) return;
  await tell(ctx, tx, note.paymentAttemptId ?? gatewayId, reason, about);
}

/** Sets aside an answer of the gateway about an attempt that did not fit what was asked, once per attempt and way, until it is ignored. */
export async function quarantineAnswer(
  ctx: Ctx,
  tx: Executor,
  attempt: PaymentAttemptRow,
  profileId: string,
  way: 'charge' | 'read',
  reason: string,
): Promise<void> {
  const fact: StoredFact = { kind: 'answer', attempt: attempt.id };
  const key = { merchantId: ctx.merchantId, profileId, gatewayId: `${way}:${attempt.id}` };
  const isNew = await insertNotification(tx, {
    ...key,
    type: `answer.${way}`,
    payload: JSON.stringify(fact),
    state: 'quarantined',
    reason,
    paymentAttemptId: attempt.id,
  });
  const isBack = !isNew && (await moveNotification(tx, key, ['applied'], 'quarantined', reason));
  if (isNew || isBack) await tell(ctx, tx, attempt.id, reason, { paymentLinkId: attempt.paymentLinkId });
}
