import { GRACE_SECONDS, MAX_ATTEMPTS_PER_LINK } from '@/core/payment-attempt';
import { isSettled, statusOf } from '@/core/payment-link';
import type { Executor } from '@/db/client';
import { dbNow } from '@/db/clock';
import { insertLedgerEntry } from '@/db/queries/ledger';
import { countTries, type PaymentAttemptRow } from '@/db/queries/payment-attempts';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import type { Ctx } from '../context';
import { newId } from '../ids';
import { appendLinkEvent, changeHeldLink, type LinkAndToken } from '../payment-links/internal';
import { sendReceipt } from '../receipts/send';

/** True when the debt still has room for an attempt that does not hold its lease. */
export const roomFor = (link: PaymentLinkRow, attempt: PaymentAttemptRow): boolean =>
  link.heldMinor === 0 && !isSettled(link) && link.capturedMinor + attempt.amountMinor <= link.ceilingMinor;

/**
 * A closed attempt turns out to hold money: the link's lease is taken again until it is captured or given back. A link that
 * was locked meanwhile stays so behind it.
 */
export async function hold(
  ctx: Ctx,
  tx: Executor,
  { link, token }: LinkAndToken,
  attempt: PaymentAttemptRow,
) {
  const previous = { status: statusOf(link) };
  const changed = await changeHeldLink(tx, link, {
    access: link.access === 'active' ? 'processing' : link.access,
    heldMinor: link.heldMinor + attempt.amountMinor,
  });
  await appendLinkEvent(ctx, tx, 'payment_link.updated', { link: changed, token }, { previous });
}

/** Late: the merchant had taken the link back, or its time and the grace were over, when the money came. */
const isLate = (link: PaymentLinkRow): boolean =>
  link.access === 'canceled' ||
  link.access === 'expired' ||
  link.now.getTime() > link.expiresAt.getTime() + GRACE_SECONDS * 1000;

/** Captured: the money is entered in the ledger, and the link, once all is there, is paid. Success is final. */
export async function takeMoney(
  ctx: Ctx,
  tx: Executor,
  { link, token }: LinkAndToken,
  attempt: PaymentAttemptRow,
  wasHeld: boolean,
): Promise<void> {
  const { merchantId } = ctx;
  const late = isLate(link);
  await insertLedgerEntry(tx, {
    merchantId,
    id: newId('ledgerEntry'),
    paymentLinkId: link.id,
    paymentAttemptId: attempt.id,
    kind: 'payment',
    amountMinor: attempt.capturedMinor,
    currency: attempt.currency,
    late,
  });
  const capturedMinor = link.capturedMinor + attempt.capturedMinor;
  const paid = isSettled({ ...link, capturedMinor });
  const changed = await changeHeldLink(tx, link, {
    access: link.access === 'processing' ? 'active' : link.access,
    capturedMinor,
    heldMinor: wasHeld ? link.heldMinor - attempt.amountMinor : link.heldMinor,
    ...(paid && { paidAt: dbNow }),
  });
  const previous = { status: statusOf(link), capturedMinor: link.capturedMinor };
  const type = paid ? 'payment_link.paid' : 'payment_link.partially_paid';
  await appendLinkEvent(ctx, tx, type, { link: changed, token }, { previous });
  if (late) await appendLinkEvent(ctx, tx, 'payment_link.late_payment', { link: changed, token });
  await sendReceipt(ctx, tx, changed);
}

/** Ended without money: the link is free for another try, or locked when this was one too many. */
export async function release(
  ctx: Ctx,
  tx: Executor,
  { link, token }: LinkAndToken,
  attempt: PaymentAttemptRow,
): Promise<void> {
  const counts = attempt.state === 'declined' || attempt.state === 'failed';
  const lock = counts && (await countTries(tx, link)).tries >= MAX_ATTEMPTS_PER_LINK;
  const changed = await changeHeldLink(tx, link, {
    access: link.access === 'processing' ? (lock ? 'locked' : 'active') : link.access,
    heldMinor: link.heldMinor - attempt.amountMinor,
  });
  const locked = changed.access === 'locked' && link.access !== 'locked';
  const type = locked ? 'payment_link.locked' : 'payment_link.updated';
  await appendLinkEvent(ctx, tx, type, { link: changed, token }, { previous: { status: statusOf(link) } });
}
