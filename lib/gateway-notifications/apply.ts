import { isId } from '@/core/ids';
import { type Outcome, ok } from '@/core/outcome';
import type { NotificationState } from '@/core/reconciliation';
import { OPERATOR_AFTER_SECONDS, readDelaySeconds } from '@/core/retry-schedule';
import type { Executor } from '@/db/client';
import {
  findNotification,
  type KnownNotification,
  moveNotification,
  type NotificationKey,
} from '@/db/queries/gateway-notifications';
import { findPaymentAttempt } from '@/db/queries/payment-attempts';
import type { Ctx } from '../context';
import { applyDispute, type DisputeFact } from '../disputes/apply';
import type { NotificationFact, ReadResult } from '../gateways';
import { attemptGateway } from '../payment-attempts/gateway';
import { expectedOf, scheduleRead, scheduleReversal } from '../payment-attempts/internal';
import { type LinkAndToken, loadLink } from '../payment-links/internal';
import { executor, transact } from '../transact';
import { judgePayment } from './payments';
import { quarantine, type StoredFact } from './quarantine';
import { judgeRefund } from './refunds';
import { APPLIED, type Case, quarantined, type Verdict, waiting } from './verdict';
import { scheduleNotification, wakeNotifications } from './wake';

type About = Exclude<NotificationFact, { kind: 'other' | 'unreadable' }>;
const OPEN: readonly NotificationState[] = ['received', 'waiting'];

/**
 * Applies a stored notification, in whatever order they come. What speaks of something that is not here yet waits, and is
 * tried again with back-off, whenever its attempt moves, and for a day. What cannot be is quarantined and an operator told.
 * Returns the state the notification is in.
 */
export async function applyNotification(
  ctx: Ctx,
  key: NotificationKey,
): Promise<Outcome<NotificationState | null>> {
  const first = await settle(ctx, key, null);
  if (!first.ok || first.value !== 'ask') return first as Outcome<NotificationState | null>;
  const second = await settle(ctx, key, await ask(ctx, key));
  return second as Outcome<NotificationState | null>;
}

const factOf = (note: KnownNotification): StoredFact => JSON.parse(note.payload) as StoredFact;

const settle = (
  ctx: Ctx,
  key: NotificationKey,
  read: ReadResult | null,
): Promise<Outcome<NotificationState | 'ask' | null>> =>
  transact(ctx, async (tx) => {
    const note = await findNotification(tx, key);
    if (!note || !OPEN.includes(note.state)) return ok(note?.state ?? null);
    const fact = factOf(note);
    if (fact.kind === 'other') return ok(await conclude(ctx, tx, note, { to: 'ignored' }));
    if (fact.kind === 'unreadable')
      return ok(await conclude(ctx, tx, note, quarantined('it is not in a shape that we understand')));
    const place = await locate(ctx, tx, fact.attempt);
    if (!place) return ok(await conclude(ctx, tx, note, waiting('there is no such payment attempt yet')));
    const verdict =
      fact.kind === 'answer'
        ? await readAgain(tx, place.attempt)
        : await judge({ ctx, tx, read, ...place }, note, fact);
    return ok(await conclude(ctx, tx, note, verdict, place.found));
  });

/** The attempt and its link, under the link's row lock; null when there is no such attempt. */
async function locate(ctx: Ctx, tx: Executor, id: string): Promise<Pick<Case, 'found' | 'attempt'> | null> {
  if (!isId('paymentAttempt', id)) return null;
  const key = { merchantId: ctx.merchantId, id };
  const before = await findPaymentAttempt(tx, key);
  const found = before && (await loadLink(ctx, tx, before.paymentLinkId, 'lock'));
  const attempt = found?.ok && (await findPaymentAttempt(tx, key));
  return attempt && found?.ok ? { found: found.value, attempt } : null;
}

async function readAgain(tx: Executor, attempt: { merchantId: number; id: string }): Promise<Verdict> {
  await scheduleRead(tx, attempt, 0);
  return APPLIED;
}

async function judge(one: Case, note: KnownNotification, fact: About): Promise<Verdict> {
  if (one.found.link.profileId !== note.profileId)
    return quarantined('it came for another payment profile than the payment is of');
  if (note.gatewayAccountId !== null && note.gatewayAccountId !== one.attempt.gatewayAccountId)
    return quarantined('it came from another account at the gateway than the payment was begun with');
  if (fact.kind === 'payment') return judgePayment(one, fact);
  const verdict = fact.kind === 'refund' ? await judgeRefund(one, fact) : await judgeDispute(one, fact);
  if (verdict.to === 'applied') await wakeNotifications(one.tx, one.attempt);
  return verdict;
}

async function judgeDispute({ ctx, tx, found, attempt }: Case, fact: DisputeFact): Promise<Verdict> {
  const differs = 'a dispute has another amount, currency or end than was told before';
  if (fact.currency !== attempt.currency) return quarantined(differs);
  const outcome = await applyDispute(ctx, tx, found, attempt, fact);
  if (outcome === 'mismatch') return quarantined(differs);
  return outcome === 'no_room' ? waiting('a dispute is larger than what is left of its payment') : APPLIED;
}

async function conclude(
  ctx: Ctx,
  tx: Executor,
  note: KnownNotification,
  verdict: Verdict,
  found?: LinkAndToken,
): Promise<NotificationState | 'ask'> {
  if (verdict.to === 'ask') return 'ask';
  const { merchantId, profileId, gatewayId } = note;
  const key = { merchantId, profileId, gatewayId };
  if (verdict.to === 'applied' || verdict.to === 'ignored') {
    await moveNotification(tx, key, OPEN, verdict.to, null);
    return verdict.to;
  }
  if (verdict.to === 'waiting' && note.ageSeconds < OPERATOR_AFTER_SECONDS) {
    const moved = await moveNotification(tx, key, OPEN, 'waiting', verdict.reason);
    if (moved) await scheduleNotification(tx, key, readDelaySeconds(moved.tries));
    return 'waiting';
  }
  await quarantine(ctx, tx, note, verdict.reason, { paymentLinkId: found?.link.id });
  const id = note.paymentAttemptId;
  if (verdict.to === 'quarantined' && verdict.fence && id) await scheduleReversal(tx, { merchantId, id });
  return 'quarantined';
}

/** What the gateway itself holds of the payment that a notification is about. */
async function ask(ctx: Ctx, key: NotificationKey): Promise<ReadResult> {
  const tx = executor(ctx);
  const note = await findNotification(tx, key);
  const id = note?.paymentAttemptId;
  const attempt = id && (await findPaymentAttempt(tx, { merchantId: ctx.merchantId, id }));
  const gateway = attempt && (await attemptGateway(ctx, attempt));
  if (!gateway) return { kind: 'unreachable', reason: 'no such account' };
  return gateway.read(expectedOf(attempt));
}
