import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { isSettled } from '@/core/payment-link';
import { isEnd, isSafeToCapture } from '@/core/payment-session';
import { findProfile } from '@/db/queries/merchants';
import { findPaymentLink } from '@/db/queries/payment-links';
import { findSessionMerchant } from '@/db/queries/payment-sessions';
import { authorize } from '../authorize';
import type { Ctx, Services } from '../context';
import { type PaymentSession, requestFieldInput } from '../contracts/payment-sessions';
import { parseInput } from '../parse';
import { startPaymentAttempt } from '../payment-attempts/start';
import { takeBack } from '../payment-links/cancel';
import { sendPaymentLink } from '../payment-links/send';
import { systemCtx } from '../system';
import { executor, transact } from '../transact';
import { auditSession, BREAKABLE, findSession, mayGoOn, moveSession, onSession } from './internal';
import { askNext } from './report';
import { paymentSessionView } from './view';

const ENDED = refuse('session_ended', 'This payment session has ended. Go on with another card, or by link.');
const NOT_READY = refuse('session_not_ready', 'This cannot be done at this point of the payment session.');

/** Asks the caller for a field, once more or in another order: what was keyed of it is wiped. */
export async function requestField(ctx: Ctx, id: string, raw: unknown): Promise<Outcome<PaymentSession>> {
  const allowed = await mayGoOn(ctx);
  if (!allowed.ok) return allowed;
  const parsed = parseInput(requestFieldInput, raw);
  if (!parsed.ok) return parsed;
  const { field } = parsed.value;
  return onSession(ctx, id, async (tx, { session, link }) => {
    if (isEnd(session.state)) return ENDED;
    const isKeyed = session.kind === 'agent_assist' && isSafeToCapture(session.recording);
    const asked = isKeyed ? await askNext(ctx, tx, session, field) : null;
    if (!asked) return NOT_READY;
    await auditSession(ctx, tx, 'request_field', asked, { field });
    return ok(paymentSessionView(asked, link));
  });
}

/**
 * Takes the payment with the card that was keyed: an attempt of the link, as a telephone order. The card process is asked for it once
 * this is committed, and asks for the right to send as for any other card.
 */
export async function submitSession(ctx: Ctx, id: string): Promise<Outcome<PaymentSession>> {
  const allowed = await mayGoOn(ctx);
  if (!allowed.ok) return allowed;
  return onSession(ctx, id, async (tx, { session, link }) => {
    if (isEnd(session.state)) return ENDED;
    // Pressed twice: the first press has it.
    if (session.state === 'submitting' && session.kind === 'agent_assist')
      return ok(paymentSessionView(session, link));
    if (session.state !== 'ready' || !isSafeToCapture(session.recording)) return NOT_READY;
    const profile = await findProfile(tx, ctx.merchantId, session.profileId);
    if (!profile?.moto) return refuse('moto_not_enabled', 'This payment profile takes no telephone orders.');
    const started = await startPaymentAttempt({ ...ctx, tx }, link.id, { channel: 'moto' });
    if (!started.ok) return started;
    const moved = await moveSession(ctx, tx, session, ['ready'], 'submitting', {
      attemptId: started.value.attempt,
      pendingAct: 'submit',
      captureOrder: session.captureOrder + 1,
      reason: null,
    });
    if (!moved) return NOT_READY;
    await auditSession(ctx, tx, 'submit', moved, { attempt: started.value.attempt });
    return ok(paymentSessionView(moved, link));
  });
}

/** Ends a session, and with it its link: nothing can be paid any more. Not while a card is on its way, and not once it is paid. */
export async function cancelSession(ctx: Ctx, id: string): Promise<Outcome<PaymentSession>> {
  const allowed = authorize(ctx, 'payment_sessions:create');
  if (!allowed.ok) return allowed;
  return onSession(ctx, id, async (tx, { session, link }) => {
    if (session.state === 'canceled') return ok(paymentSessionView(session, link));
    if (session.state === 'succeeded' || isSettled(link))
      return refuse('link_paid', 'This is paid. It can be refunded, not canceled.');
    if (session.state === 'submitting' || link.heldMinor > 0)
      return refuse('being_paid', 'The payment is on its way. Wait for its outcome.');
    const moved = await moveSession(ctx, tx, session, [...BREAKABLE, 'declined'], 'canceled', {
      reason: 'canceled',
    });
    if (!moved && !isEnd(session.state)) return NOT_READY;
    const isOpen = link.access !== 'canceled' && link.access !== 'expired' && !link.expired;
    const canceled = isOpen ? await takeBack({ ...ctx, tx }, link.id) : ok(null);
    if (!canceled.ok) return canceled;
    const after = moved ?? session;
    await auditSession(ctx, tx, 'cancel', after);
    return ok(paymentSessionView(after, link));
  });
}

/** One payment session, as long as there is the row: a result is never forgotten. */
export async function readPaymentSession(ctx: Ctx, id: string): Promise<Outcome<PaymentSession>> {
  const allowed = authorize(ctx, 'payment_sessions:read');
  if (!allowed.ok) return allowed;
  const tx = executor(ctx);
  const found = await findSession(ctx, tx, id);
  if (!found.ok) return found;
  const link = await findPaymentLink(tx, { merchantId: ctx.merchantId, id: found.value.paymentLinkId });
  return link
    ? ok(paymentSessionView(found.value, link))
    : refuse('not_found', 'There is no such payment session.');
}

/** Sends the link of a session once more. */
export async function sendSessionLink(ctx: Ctx, id: string, raw: unknown): Promise<Outcome<{ id: string }>> {
  const allowed = authorize(ctx, 'payment_links:send');
  if (!allowed.ok) return allowed;
  const found = await findSession(ctx, executor(ctx), id);
  if (!found.ok) return found;
  return transact(ctx, async (tx) => {
    const sent = await sendPaymentLink({ ...ctx, tx }, found.value.paymentLinkId, raw);
    if (!sent.ok) return sent;
    await auditSession(ctx, tx, 'send', found.value, { message: sent.value.id });
    return ok({ id });
  });
}

/** The act as the card process does it: it knows a session by its id alone. Null when there is none. */
export async function keypadCtx(services: Services, requestId: string, id: string): Promise<Ctx | null> {
  if (!isId('paymentSession', id)) return null;
  const merchantId = await findSessionMerchant(services.db, id);
  return merchantId === undefined ? null : systemCtx(services, merchantId, requestId);
}
