import type { LedgerKind } from '@/core/ledger';
import { statusOf } from '@/core/payment-link';
import type { Executor } from '@/db/client';
import { closeDispute, type DisputeRow, findDispute, insertDispute } from '@/db/queries/disputes';
import { insertLedgerEntry } from '@/db/queries/ledger';
import { giveBack, type PaymentAttemptRow } from '@/db/queries/payment-attempts';
import type { Ctx } from '../context';
import { appendEvent } from '../events/append';
import type { NotificationFact } from '../gateways';
import { newId } from '../ids';
import { appendLinkEvent, changeHeldLink, type LinkAndToken } from '../payment-links/internal';
import { disputeView } from './view';

export type DisputeFact = Extract<NotificationFact, { kind: 'dispute' }>;
/** `stale`: the news was known. `no_room`: more than what was captured and is not given back already. */
export type DisputeOutcome = 'applied' | 'stale' | 'no_room' | 'mismatch';

/**
 * Applies what the gateway says of a dispute, under its link's row lock. A dispute that we first hear of when it is closed
 * is opened and closed at once, so that every order of news ends alike. The same news twice changes nothing.
 */
export async function applyDispute(
  ctx: Ctx,
  tx: Executor,
  found: LinkAndToken,
  attempt: PaymentAttemptRow,
  fact: DisputeFact,
): Promise<DisputeOutcome> {
  const known = await findDispute(tx, ctx.merchantId, attempt.id, fact.gatewayReference);
  if (!known) return open(ctx, tx, found, attempt, fact);
  if (known.amountMinor !== fact.amountMinor || known.currency !== fact.currency) return 'mismatch';
  if (fact.state === 'open' || known.state === fact.state) return 'stale';
  const closed = await closeDispute(tx, { merchantId: ctx.merchantId, id: known.id }, fact.state);
  if (!closed) return 'mismatch';
  await appendDisputeEvent(ctx, tx, 'dispute.closed', closed);
  if (closed.state === 'won') {
    await enter(tx, closed, 'reversal');
    if (!(await reserve(tx, attempt, -closed.amountMinor))) throw new Error('a won dispute gives room back');
    await changeLink(ctx, tx, found, -closed.amountMinor);
  }
  return 'applied';
}

async function open(
  ctx: Ctx,
  tx: Executor,
  found: LinkAndToken,
  attempt: PaymentAttemptRow,
  fact: DisputeFact,
): Promise<DisputeOutcome> {
  const { amountMinor, currency, gatewayReference, reason, state } = fact;
  if (attempt.capturedMinor < amountMinor) return 'no_room';
  if (state !== 'won' && !(await reserve(tx, attempt, amountMinor))) return 'no_room';
  const opened = await insertDispute(tx, {
    merchantId: ctx.merchantId,
    id: newId('dispute'),
    paymentLinkId: attempt.paymentLinkId,
    paymentAttemptId: attempt.id,
    amountMinor,
    currency,
    reason,
    gatewayReference,
    state,
    ...(state !== 'open' && { closedAt: found.link.now }),
  });
  if (!opened) throw new Error('the new dispute is not there');
  await enter(tx, opened, 'chargeback');
  const asOpen: DisputeRow = { ...opened, state: 'open', closedAt: null };
  await appendDisputeEvent(ctx, tx, 'dispute.opened', asOpen);
  if (state === 'won') await enter(tx, opened, 'reversal');
  else await changeLink(ctx, tx, found, amountMinor);
  if (state !== 'open') await appendDisputeEvent(ctx, tx, 'dispute.closed', opened);
  return 'applied';
}

const appendDisputeEvent = (
  ctx: Ctx,
  tx: Executor,
  type: 'dispute.opened' | 'dispute.closed',
  dispute: DisputeRow,
) =>
  appendEvent(ctx, tx, {
    type,
    paymentLinkId: dispute.paymentLinkId,
    data: () => disputeView(dispute),
    ...(type === 'dispute.closed' && { previous: { state: 'open' } }),
    ...(dispute.reason !== null && { detail: dispute.reason }),
  });

const enter = (tx: Executor, dispute: DisputeRow, kind: LedgerKind): Promise<void> =>
  insertLedgerEntry(tx, {
    merchantId: dispute.merchantId,
    id: newId('ledgerEntry'),
    paymentLinkId: dispute.paymentLinkId,
    paymentAttemptId: dispute.paymentAttemptId,
    disputeId: dispute.id,
    kind,
    amountMinor: dispute.amountMinor,
    currency: dispute.currency,
  });

/** Adds to what is disputed of an attempt; false when there is no room for it. */
async function reserve(tx: Executor, attempt: PaymentAttemptRow, disputedMinor: number): Promise<boolean> {
  const key = { merchantId: attempt.merchantId, id: attempt.id };
  return (await giveBack(tx, key, { disputedMinor })) !== undefined;
}

async function changeLink(ctx: Ctx, tx: Executor, { link, token }: LinkAndToken, amountMinor: number) {
  const disputedMinor = link.disputedMinor + amountMinor;
  const changed = await changeHeldLink(tx, link, { disputedMinor });
  const previous = { status: statusOf(link), disputedMinor: link.disputedMinor };
  await appendLinkEvent(ctx, tx, 'payment_link.updated', { link: changed, token }, { previous });
}
