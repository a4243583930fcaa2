import type { EventType } from '@/core/events';
import {
  ATTEMPT_TRANSITIONS,
  type AttemptState,
  type GatewayResult,
  MAX_ATTEMPTS_PER_LINK,
} from '@/core/payment-attempt';
import { LINK_ACCESS, type LinkAccess, statusOf } from '@/core/payment-link';
import { isFinal, sourcesOf } from '@/core/transitions';
import type { Executor } from '@/db/client';
import { dbNow } from '@/db/clock';
import {
  insertLedgerEntry,
  listAttempts,
  moveAttempt,
  type PaymentAttemptRow,
} from '@/db/queries/payment-attempts';
import { changePaymentLink } from '@/db/queries/payment-links';
import type { Ctx } from '../context';
import { newId } from '../ids';
import { appendLinkEvent, type LinkAndToken } from '../payment-links/internal';
import { appendAttemptEvent, scheduleRead } from './internal';

const FIRST_READ_SECONDS = 3;
const CHALLENGE_READ_SECONDS = 45;

/** The state that an answer of the gateway leads to. Provably not sent is abandoned, not failed. */
export function stateFor(result: GatewayResult): AttemptState {
  switch (result.kind) {
    case 'authorized':
      return result.captured ? 'succeeded' : 'authorized';
    case 'failed':
      return result.reason === 'not_sent' || result.reason === 'fenced' ? 'abandoned' : 'failed';
    default:
      return result.kind;
  }
}

/**
 * Applies what the gateway answered to an attempt and its link, both under the link's row lock: state, money, ledger and
 * events in one transaction. The same answer twice changes nothing. Returns the state the attempt is in.
 */
export async function applyResult(
  ctx: Ctx,
  tx: Executor,
  found: LinkAndToken,
  attempt: PaymentAttemptRow,
  result: GatewayResult,
): Promise<AttemptState> {
  const to = stateFor(result);
  const key = { merchantId: ctx.merchantId, id: attempt.id };
  const ended = isFinal(ATTEMPT_TRANSITIONS, to);
  const moved = await moveAttempt(tx, key, sourcesOf(ATTEMPT_TRANSITIONS, to), to, {
    ...('gatewayReference' in result && { gatewayReference: result.gatewayReference }),
    ...(result.kind === 'declined' && { declineCode: result.declineCode }),
    ...('reason' in result && { reason: result.reason }),
    ...(ended && { endedAt: dbNow }),
  });
  if (!moved) return attempt.state;
  await appendAttemptEvent(ctx, tx, EVENT_OF[to], attempt.id, detailOf(moved));
  if (attempt.state === 'unknown') await appendAttemptEvent(ctx, tx, 'payment_attempt.resolved', attempt.id);
  if (to === 'succeeded') await takeMoney(ctx, tx, found, moved);
  else if (ended) await release(ctx, tx, found, moved);
  else await scheduleRead(tx, moved, to === 'unknown' ? FIRST_READ_SECONDS : CHALLENGE_READ_SECONDS);
  return to;
}

const EVENT_OF: Record<AttemptState, EventType> = {
  created: 'payment_attempt.started',
  submitted: 'payment_attempt.started',
  requires_action: 'payment_attempt.requires_action',
  authorized: 'payment_attempt.succeeded',
  unknown: 'payment_attempt.unknown',
  succeeded: 'payment_attempt.succeeded',
  declined: 'payment_attempt.declined',
  failed: 'payment_attempt.failed',
  abandoned: 'payment_attempt.abandoned',
  voided: 'payment_attempt.abandoned',
};

const detailOf = (attempt: PaymentAttemptRow): string =>
  [attempt.brand && `${attempt.brand} ending in ${attempt.last4}`, attempt.declineCode, attempt.reason]
    .filter(Boolean)
    .join(' · ');

/** Captured: the money is entered in the ledger, and the link, once all is there, is paid. Success is final. */
async function takeMoney(ctx: Ctx, tx: Executor, { link, token }: LinkAndToken, attempt: PaymentAttemptRow) {
  const late = link.access === 'canceled' || link.access === 'expired';
  const { merchantId } = ctx;
  await insertLedgerEntry(tx, {
    merchantId,
    id: newId('ledgerEntry'),
    paymentLinkId: link.id,
    paymentAttemptId: attempt.id,
    kind: 'payment',
    amountMinor: attempt.amountMinor,
    currency: attempt.currency,
    late,
  });
  const capturedMinor = link.capturedMinor + attempt.amountMinor;
  const paid = capturedMinor >= link.amountMinor;
  const changed = await changePaymentLink(tx, { merchantId, id: link.id }, LINK_ACCESS, {
    access: link.access === 'processing' ? 'active' : link.access,
    capturedMinor,
    heldMinor: 0,
    ...(paid && { paidAt: dbNow }),
  });
  if (!changed) throw new Error('a link is never missing under its lock');
  const previous = { status: statusOf(link), capturedMinor: link.capturedMinor };
  await appendLinkEvent(
    ctx,
    tx,
    paid ? 'payment_link.paid' : 'payment_link.partially_paid',
    { link: changed, token },
    { previous },
  );
  if (late) await appendLinkEvent(ctx, tx, 'payment_link.late_payment', { link: changed, token });
}

/** Ended without money: the link is free for another try, or locked when this was one too many. */
async function release(ctx: Ctx, tx: Executor, { link, token }: LinkAndToken, attempt: PaymentAttemptRow) {
  const { merchantId } = ctx;
  const submitted = (await listAttempts(tx, merchantId, link.id)).filter((one) => one.submittedAt);
  const lock = submitted.length >= MAX_ATTEMPTS_PER_LINK && attempt.state !== 'abandoned';
  const next: LinkAccess = lock ? 'locked' : 'active';
  const changed = await changePaymentLink(tx, { merchantId, id: link.id }, LINK_ACCESS, {
    access: link.access === 'processing' ? next : link.access,
    heldMinor: 0,
  });
  if (!changed) throw new Error('a link is never missing under its lock');
  const type = changed.access === 'locked' ? 'payment_link.locked' : 'payment_link.updated';
  await appendLinkEvent(ctx, tx, type, { link: changed, token }, { previous: { status: statusOf(link) } });
}
