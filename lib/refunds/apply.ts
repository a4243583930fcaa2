import { statusOf } from '@/core/payment-link';
import { REFUND_TRANSITIONS, type RefundResult, type RefundState } from '@/core/refund';
import { isFinal, sourcesOf } from '@/core/transitions';
import type { Executor } from '@/db/client';
import { dbNow } from '@/db/clock';
import { insertLedgerEntry } from '@/db/queries/ledger';
import { giveBack } from '@/db/queries/payment-attempts';
import { moveRefund, type RefundRow } from '@/db/queries/refunds';
import type { Ctx } from '../context';
import { wakeNotifications } from '../gateway-notifications/wake';
import { newId } from '../ids';
import { appendLinkEvent, changeHeldLink, type LinkAndToken } from '../payment-links/internal';
import { appendRefundEvent } from './internal';

/**
 * Applies what the gateway says of a refund, under its link's row lock: state, sums, ledger entry and events in one
 * transaction. The same word twice changes nothing, and a refund that has ended keeps its end. Returns its state.
 */
export async function applyRefundResult(
  ctx: Ctx,
  tx: Executor,
  found: LinkAndToken,
  refund: RefundRow,
  result: RefundResult,
): Promise<RefundState> {
  const to = result.kind;
  const again = to === 'pending' ? [to] : [];
  const from = [...sourcesOf(REFUND_TRANSITIONS, to), ...again];
  const ended = isFinal(REFUND_TRANSITIONS, to);
  const key = { merchantId: ctx.merchantId, id: refund.id };
  const moved = await moveRefund(tx, key, from, to, {
    ...('gatewayReference' in result && { gatewayReference: result.gatewayReference }),
    ...(result.kind === 'failed' && { failure: result.reason }),
    ...(ended && { endedAt: dbNow, operatorSince: null }),
  });
  if (!moved) return refund.state;
  if (ended) await settle(ctx, tx, found, moved, refund.state);
  return to;
}

async function settle(ctx: Ctx, tx: Executor, found: LinkAndToken, refund: RefundRow, before: RefundState) {
  const { merchantId } = ctx;
  const { amountMinor, currency } = refund;
  const back = refund.state === 'succeeded';
  const attempt = { merchantId, id: refund.paymentAttemptId };
  const room = { refundingMinor: -amountMinor, refundedMinor: back ? amountMinor : 0 };
  if (!(await giveBack(tx, attempt, room))) throw new Error('a refund under way has its room');
  await appendRefundEvent(ctx, tx, back ? 'refund.succeeded' : 'refund.failed', refund, { state: before });
  if (back) {
    await insertLedgerEntry(tx, {
      merchantId,
      id: newId('ledgerEntry'),
      paymentLinkId: refund.paymentLinkId,
      paymentAttemptId: refund.paymentAttemptId,
      refundId: refund.id,
      kind: 'refund',
      amountMinor,
      currency,
    });
    await takeFromLink(ctx, tx, found, amountMinor);
  }
  await wakeNotifications(tx, attempt);
}

async function takeFromLink(ctx: Ctx, tx: Executor, { link, token }: LinkAndToken, amountMinor: number) {
  const refundedMinor = link.refundedMinor + amountMinor;
  const changed = await changeHeldLink(tx, link, { refundedMinor });
  const previous = { status: statusOf(link), refundedMinor: link.refundedMinor };
  await appendLinkEvent(ctx, tx, 'payment_link.updated', { link: changed, token }, { previous });
}
