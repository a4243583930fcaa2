import type { EventType } from '@/core/events';
import {
  ATTEMPT_TRANSITIONS,
  type AttemptState,
  type GatewayResult,
  LATE_TRANSITIONS,
} from '@/core/payment-attempt';
import { isFinal, sourcesOf } from '@/core/transitions';
import type { Executor } from '@/db/client';
import { dbNow } from '@/db/clock';
import { markReversal, moveAttempt, type PaymentAttemptRow } from '@/db/queries/payment-attempts';
import { raiseAlert } from '../alerts/raise';
import type { Ctx } from '../context';
import { wakeNotifications } from '../gateway-notifications/wake';
import type { LinkAndToken } from '../payment-links/internal';
import { appendAttemptEvent, HOLD_READ_SECONDS, isOpen, scheduleRead, scheduleReversal } from './internal';
import { hold, release, roomFor, takeMoney } from './money';

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

/** The states that `to` may be reached from; a closed attempt is opened again only by money that is there all the same. */
function sourcesFor(attempt: PaymentAttemptRow, to: AttemptState): AttemptState[] {
  const late = attempt.submittedAt && LATE_TRANSITIONS[attempt.state]?.includes(to);
  return [...sourcesOf(ATTEMPT_TRANSITIONS, to), ...(late ? [attempt.state] : [])];
}

/**
 * Applies what the gateway answered to an attempt and its link, both under the link's row lock: state, money, ledger and
 * events in one transaction. The same answer twice changes nothing. Money for which the debt has no room is not taken:
 * it is given back at the gateway, and an operator is told. Returns the state the attempt is in.
 */
export async function applyResult(
  ctx: Ctx,
  tx: Executor,
  found: LinkAndToken,
  attempt: PaymentAttemptRow,
  result: GatewayResult,
): Promise<AttemptState> {
  const to = stateFor(result);
  const from = sourcesFor(attempt, to);
  const brings = to === 'succeeded' || to === 'authorized';
  const wasRefused = attempt.state === 'declined' || attempt.state === 'voided';
  if (brings && wasRefused) return refuseMoney(ctx, tx, attempt);
  if (!from.includes(attempt.state)) return attempt.state;
  if (brings && !isOpen(attempt.state) && !roomFor(found.link, attempt)) return refuseMoney(ctx, tx, attempt);
  if (brings && attempt.decidedAs && !attempt.decisionToldAt) await tellOtherwise(ctx, tx, attempt);
  const key = { merchantId: ctx.merchantId, id: attempt.id };
  const ended = isFinal(ATTEMPT_TRANSITIONS, to);
  const moved = await moveAttempt(tx, key, from, to, {
    ...('gatewayReference' in result && { gatewayReference: result.gatewayReference }),
    ...(result.kind === 'declined' && { declineCode: result.declineCode }),
    ...('reason' in result && { reason: result.reason }),
    ...(to === 'succeeded' && { capturedMinor: attempt.amountMinor }),
    ...(ended && { endedAt: dbNow, operatorSince: null }),
    ...(attempt.decidedAs && !attempt.decisionToldAt && { decisionToldAt: dbNow }),
  });
  if (!moved) return attempt.state;
  await appendAttemptEvent(ctx, tx, EVENT_OF[to], attempt.id, detailOf(moved));
  if (attempt.state === 'unknown') await appendAttemptEvent(ctx, tx, 'payment_attempt.resolved', attempt.id);
  const wasOpen = isOpen(attempt.state);
  if (to === 'succeeded') await takeMoney(ctx, tx, found, moved, wasOpen);
  else if (ended) await release(ctx, tx, found, moved);
  else {
    if (!wasOpen) await hold(ctx, tx, found, moved);
    await scheduleRead(tx, moved, NEXT_READ_SECONDS[to] ?? CHALLENGE_READ_SECONDS);
  }
  await wakeNotifications(tx, key);
  return to;
}

const NEXT_READ_SECONDS: Partial<Record<AttemptState, number>> = {
  unknown: FIRST_READ_SECONDS,
  authorized: HOLD_READ_SECONDS,
};

/** A person had decided that nothing was charged: the gateway's word counts, and somebody has to look at what followed. */
const tellOtherwise = (ctx: Ctx, tx: Executor, attempt: PaymentAttemptRow): Promise<void> =>
  raiseAlert(ctx, tx, {
    kind: 'decided_otherwise',
    subject: attempt.id,
    paymentLinkId: attempt.paymentLinkId,
    message:
      'It was decided by hand that nothing was charged, and now the gateway has the money of this payment. It is entered here. If the customer has paid in another way since, refund one of the two.',
  });

/** Money under a try that was refused, or for which the debt has no room: it must go back, whoever took it. */
async function refuseMoney(ctx: Ctx, tx: Executor, attempt: PaymentAttemptRow): Promise<AttemptState> {
  if (!(await markReversal(tx, { merchantId: ctx.merchantId, id: attempt.id }))) return attempt.state;
  await raiseAlert(ctx, tx, {
    kind: 'duplicate_charge',
    subject: attempt.id,
    paymentLinkId: attempt.paymentLinkId,
    message: 'The gateway charged a try that was closed, and nothing is owed for it. It is being given back.',
  });
  await scheduleReversal(tx, attempt);
  return attempt.state;
}

const EVENT_OF: Record<AttemptState, EventType> = {
  created: 'payment_attempt.started',
  submitted: 'payment_attempt.started',
  requires_action: 'payment_attempt.requires_action',
  authorized: 'payment_attempt.authorized',
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
