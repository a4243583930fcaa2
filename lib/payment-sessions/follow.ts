import type { EventType } from '@/core/events';
import { isEnd, type SessionState } from '@/core/payment-session';
import type { Executor } from '@/db/client';
import type { PaymentAttemptRow } from '@/db/queries/payment-attempts';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import {
  changePaymentSession,
  lockPaymentSession,
  type PaymentSessionRow,
} from '@/db/queries/payment-sessions';
import type { Ctx } from '../context';
import { moveSession } from './internal';

/** What happened to a link or to an attempt of it. */
export type Happened = { type: EventType; attempt?: PaymentAttemptRow };
type Move = { to: SessionState; reason?: string | null };

/**
 * A session follows what becomes of its link and of the attempts on it, in the transaction that makes it so, under the link's
 * lock: paid by whichever rail, it has succeeded; a card from the keypad that ended without money ends it; the payer's own card
 * that did does not.
 */
export async function followLink(
  ctx: Ctx,
  tx: Executor,
  link: Pick<PaymentLinkRow, 'merchantId' | 'sessionId' | 'access'>,
  happened: Happened,
): Promise<void> {
  if (link.sessionId === null) return;
  const session = await lockPaymentSession(tx, { merchantId: link.merchantId, id: link.sessionId });
  const move = session && moveFor(session, link, happened);
  if (!move) return;
  const change = move.reason === undefined ? {} : { reason: move.reason };
  if (move.to === session.state) await changePaymentSession(tx, session, [move.to], change);
  else await moveSession(ctx, tx, session, [session.state], move.to, change);
}

/** Why an attempt ended without money, as a code. */
const reasonOf = ({ declineCode, reason, state }: PaymentAttemptRow): string =>
  declineCode ?? reason ?? state;

function moveFor(
  session: PaymentSessionRow,
  link: Pick<PaymentLinkRow, 'access'>,
  { type, attempt }: Happened,
): Move | null {
  const { state, kind } = session;
  switch (type) {
    case 'payment_link.paid':
    case 'payment_attempt.authorized':
      return state === 'succeeded' ? null : { to: 'succeeded', reason: null };
    case 'payment_link.canceled':
      return isEnd(state) && state !== 'declined' ? null : { to: 'canceled', reason: 'link_canceled' };
    case 'payment_link.expired':
      return kind === 'digital' && !isEnd(state) ? { to: 'timed_out', reason: 'link_expired' } : null;
    default:
      return kind === 'digital'
        ? payersMove(state, link, { type, ...(attempt && { attempt }) })
        : keyedMove(session, attempt, type);
  }
}

/** On the pay page the payer may try again: only money, cancel and time end the session. */
function payersMove(
  state: SessionState,
  { access }: Pick<PaymentLinkRow, 'access'>,
  { type, attempt }: Happened,
): Move | null {
  if (isEnd(state)) return null;
  const opened = type === 'payment_link.opened' || type === 'payment_attempt.started';
  if (opened) return state === 'created' ? { to: 'capturing' } : null;
  if (type === 'payment_link.updated' && access === 'processing')
    return state === 'submitting' ? null : { to: 'submitting' };
  // A part of it: there is more to be paid by the same link.
  if (type === 'payment_link.partially_paid')
    return state === 'submitting' ? { to: 'capturing', reason: null } : null;
  const isOver = ['payment_attempt.declined', 'payment_attempt.failed', 'payment_attempt.abandoned'].includes(
    type,
  );
  if (!isOver || !attempt || state !== 'submitting') return null;
  return { to: 'capturing', reason: reasonOf(attempt) };
}

/** A card from the keypad is one try: with its end the session has ended. */
function keyedMove(
  { state, attemptId, reason }: PaymentSessionRow,
  attempt: PaymentAttemptRow | undefined,
  type: EventType,
): Move | null {
  if (!attempt || attempt.id !== attemptId || state !== 'submitting') return null;
  if (type === 'payment_attempt.succeeded') return { to: 'succeeded', reason: null };
  if (type === 'payment_attempt.declined') return { to: 'declined', reason: reasonOf(attempt) };
  const isOver = type === 'payment_attempt.failed' || type === 'payment_attempt.abandoned';
  // Why it was taken back, where somebody has said so before.
  return isOver ? { to: 'failed', reason: reason ?? reasonOf(attempt) } : null;
}
