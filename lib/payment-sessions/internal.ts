import type { EventType } from '@/core/events';
import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { idleFields, isEnd, type SessionState } from '@/core/payment-session';
import type { Executor } from '@/db/client';
import { dbNow } from '@/db/clock';
import { addJob } from '@/db/queries/jobs';
import { lockPaymentLink, type PaymentLinkRow } from '@/db/queries/payment-links';
import {
  changePaymentSession,
  findPaymentSession,
  lockPaymentSession,
  lockSessionsOfCall,
  type PaymentSessionRow,
  type SessionChange,
} from '@/db/queries/payment-sessions';
import { requireButton } from '../agent-tokens/internal';
import { resolveAgent } from '../agents';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { appendEvent } from '../events/append';
import { audit } from '../events/audit';
import { executor, transact } from '../transact';
import { paymentSessionView } from './view';

type Key = { merchantId: number; id: string };
export const MISSING = refuse('not_found', 'There is no such payment session.');

/** True for whoever may act on this session: an agent in a frame on their own alone, or on the one that they were let in for. */
const concerns = ({ actor }: Ctx, { id, agentId }: PaymentSessionRow): boolean =>
  actor.kind !== 'agent' || (actor.session === null ? agentId === actor.id : actor.session === id);

/**
 * Who may go on with a payment: of those who are signed in nobody whose payment button is switched off, or the merchant's. A
 * desk's token is judged by that where it is read.
 */
export async function mayGoOn(ctx: Ctx): Promise<Outcome<unknown>> {
  const allowed = authorize(ctx, 'payment_sessions:create');
  const { actor, merchantId } = ctx;
  if (!allowed.ok || actor.kind !== 'user') return allowed;
  const button = await requireButton(executor(ctx), merchantId);
  return button.ok ? resolveAgent(executor(ctx), merchantId, actor.id) : button;
}

/** A session of this merchant; another merchant's is simply not there. */
export async function findSession(ctx: Ctx, tx: Executor, id: string): Promise<Outcome<PaymentSessionRow>> {
  if (!isId('paymentSession', id)) return MISSING;
  const row = await findPaymentSession(tx, { merchantId: ctx.merchantId, id });
  return row && concerns(ctx, row) ? ok(row) : MISSING;
}

export type SessionAndLink = { session: PaymentSessionRow; link: PaymentLinkRow };

/** One transaction on a session of this merchant, under its link's lock and then its own: nobody takes them the other way round. */
export const onSession = <T>(
  ctx: Ctx,
  id: string,
  work: (tx: Executor, held: SessionAndLink) => Promise<Outcome<T>>,
): Promise<Outcome<T>> =>
  transact(ctx, async (tx) => {
    const found = await findSession(ctx, tx, id);
    if (!found.ok) return found;
    const { merchantId } = ctx;
    const link = await lockPaymentLink(tx, { merchantId, id: found.value.paymentLinkId });
    const session = await lockPaymentSession(tx, { merchantId, id });
    return link && session ? work(tx, { session, link }) : MISSING;
  });

/** The same, and the other sessions of its call: all of them are locked in one order, so that no two wait for each other. */
export const onCall = <T>(
  ctx: Ctx,
  id: string,
  work: (tx: Executor, held: SessionAndLink, others: PaymentSessionRow[]) => Promise<Outcome<T>>,
): Promise<Outcome<T>> =>
  transact(ctx, async (tx) => {
    const { merchantId } = ctx;
    const found = await findSession(ctx, tx, id);
    if (!found.ok) return found;
    const link = await lockPaymentLink(tx, { merchantId, id: found.value.paymentLinkId });
    // Its call changes under the link's lock alone.
    const call = (await findPaymentSession(tx, { merchantId, id }))?.callId;
    const all = call ? await lockSessionsOfCall(tx, merchantId, call) : [];
    const session = await lockPaymentSession(tx, { merchantId, id });
    const others = all.filter((one) => one.id !== id);
    return link && session ? work(tx, { session, link }, others) : MISSING;
  });

/** Writes what happened to a session among its link's events. The link's row is locked by it: hold no session's lock before. */
export async function appendSessionEvent(
  ctx: Ctx,
  tx: Executor,
  type: EventType,
  session: PaymentSessionRow,
  detail?: string,
): Promise<void> {
  await appendEvent(ctx, tx, {
    type,
    paymentLinkId: session.paymentLinkId,
    data: (link) => paymentSessionView(session, link),
    ...(detail !== undefined && { detail }),
  });
}

/** Notes who did what to a session, with the call that it is about. */
export const auditSession = (
  ctx: Ctx,
  tx: Executor,
  act: string,
  { id, callId, callLeg }: PaymentSessionRow,
  data: Record<string, unknown> = {},
): Promise<void> => audit(ctx, tx, `payment_session.${act}`, id, { call: callId, leg: callLeg, ...data });

export const sessionJob = (id: string): string => `session:${id}`;

/** A job looks after a session: its limits of time, and its recording, whatever becomes of the portal. */
export const watchSessionJob = (tx: Executor, { merchantId, id }: Key, delaySeconds: number): Promise<void> =>
  addJob(
    tx,
    'watch_session',
    { merchantId, session: id },
    { delaySeconds, key: sessionJob(id), maxAttempts: 1000 },
  );

/** Nothing of a capture is left: what the next one begins with. */
export const noCapture = () =>
  ({ fields: idleFields(), activeField: null, brand: null, pendingAct: null }) satisfies SessionChange;

/**
 * Moves a session by compare-and-set and tells where that is an end. False when it was no longer in one of `from`, or may not
 * move there: then nothing was written.
 */
export async function moveSession(
  ctx: Ctx,
  tx: Executor,
  session: PaymentSessionRow,
  from: readonly SessionState[],
  to: SessionState,
  change: SessionChange = {},
): Promise<PaymentSessionRow | null> {
  const ended = isEnd(to);
  const moved = await changePaymentSession(tx, session, from, {
    ...change,
    state: to,
    endedAt: ended ? dbNow : null,
    ...(ended && noCapture()),
  });
  if (!moved) return null;
  if (ended && session.state !== to) {
    const type = to === 'canceled' ? 'payment_session.canceled' : 'payment_session.completed';
    await appendSessionEvent(ctx, tx, type, moved, moved.reason ?? to);
    // Who cancels notes it with their act.
    if (to !== 'canceled') await auditSession(ctx, tx, 'end', moved, { state: to, reason: moved.reason });
  }
  await watchSessionJob(tx, moved, 1);
  return moved;
}

/** The states that a session can be broken off in: nothing of its card is on its way to a gateway. */
export const BREAKABLE: readonly SessionState[] = ['created', 'connecting', 'securing', 'capturing', 'ready'];
