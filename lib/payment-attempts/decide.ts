import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { DECISION_STATES, type Decision } from '@/core/payment-attempt';
import type { Executor } from '@/db/client';
import { dbNow } from '@/db/clock';
import { settleAlert } from '@/db/queries/alerts';
import { findPaymentAttempt, moveAttempt, type PaymentAttemptRow } from '@/db/queries/payment-attempts';
import { authorizeVerified } from '../authorize';
import { actorName, type Ctx } from '../context';
import type { PaymentAttempt } from '../contracts/payment-links';
import { decideAttemptInput } from '../contracts/reconciliation';
import { audit } from '../events/audit';
import { wakeNotifications } from '../gateway-notifications/wake';
import { parseInput } from '../parse';
import { type LinkAndToken, loadLink } from '../payment-links/internal';
import { executor, transact } from '../transact';
import { attemptGateway } from './gateway';
import { appendAttemptEvent, expectedOf, isDecidable, scheduleRead, waitsForPerson } from './internal';
import { release, takeMoney } from './money';
import { readAndApply } from './resolve';
import { paymentAttemptView } from './view';

/** Who has settled it: the gateway told when it was asked a last time, or the person's word counts. */
export type Decided = { by: 'gateway' | 'person'; attempt: PaymentAttempt };
type Wanted = { decision: Decision; reason: string } & Partial<
  Record<'gatewayReference' | 'gatewayWord', string | undefined>
>;
/** Whether the gateway refuses any later charge under our reference. */
type Fence = 'fenced' | 'unreachable' | 'not_told';

const FIRST_FOLLOW_SECONDS = 600;
const missing = refuse('not_found', 'There is no such payment attempt.');
const settledAlready = refuse('conflict', 'The outcome of this payment is known.');

/**
 * A person says whether a payment was charged that the gateway has not told of for a day. The gateway is asked once more
 * before, and its word counts more. "Not charged" needs the gateway to refuse the payment for good, or its written word. The
 * gateway is still asked after it. A person alone may, with a fresh proof of who they are.
 */
export async function decideAttempt(ctx: Ctx, id: string, raw: unknown): Promise<Outcome<Decided>> {
  const allowed = authorizeVerified(ctx, 'payments:decide');
  if (!allowed.ok) return allowed;
  const parsed = parseInput<Wanted>(decideAttemptInput, raw);
  if (!parsed.ok) return parsed;
  const attempt = isId('paymentAttempt', id) && (await findOf(ctx, id));
  if (!attempt) return missing;
  const due = await isDue(ctx, attempt);
  if (!due.ok) return due;
  const { learned, state } = await readAndApply(ctx, attempt);
  if (!state.ok) return state;
  const now = await findOf(ctx, id);
  if (!now) return missing;
  if (!isDecidable(now)) return now.decidedAs === null ? toldByGateway(ctx, now) : settledAlready;
  if (learned.mismatch) return holdsOther;
  if (parsed.value.decision === 'charged') return conclude(ctx, now, parsed.value, null);
  const fence = await fenceOf(ctx, now);
  if (!fence.ok) return fence;
  if (fence.value !== 'fenced' && parsed.value.gatewayWord === undefined) return needsWord;
  return conclude(ctx, now, parsed.value, fence.value);
}

const holdsOther = refuse(
  'conflict',
  'The gateway holds another amount under this payment. Have that given back or corrected there first; then ask again.',
);
const needsWord = refuse(
  'invalid',
  'The gateway could not be told to refuse this payment for good, so it might still be charged. Get its word in writing, and say who wrote it and when.',
  { errors: [{ path: 'gatewayWord', message: 'is needed while the gateway cannot be reached' }] },
);

const findOf = (ctx: Ctx, id: string) =>
  findPaymentAttempt(executor(ctx), { merchantId: ctx.merchantId, id });

/** Open, and for a day; by the database's clock. */
async function isDue(ctx: Ctx, attempt: PaymentAttemptRow): Promise<Outcome<true>> {
  if (!isDecidable(attempt)) return settledAlready;
  const found = await loadLink(ctx, executor(ctx), attempt.paymentLinkId, 'read');
  if (!found.ok) return missing;
  return waitsForPerson(attempt, found.value.link.now)
    ? ok(true)
    : refuse(
        'conflict',
        'The gateway is still being asked. After a day without an answer a person may decide.',
      );
}

async function toldByGateway(ctx: Ctx, attempt: PaymentAttemptRow): Promise<Outcome<Decided>> {
  await putAlertAway(ctx, executor(ctx), attempt.id);
  return ok({ by: 'gateway', attempt: paymentAttemptView(attempt) });
}

const putAlertAway = (ctx: Ctx, tx: Executor, id: string) =>
  settleAlert(tx, ctx.merchantId, 'unknown_attempt', id, actorName(ctx.actor));

/** Tells the gateway to refuse the payment for good. News that it brings instead is left to the next reading. */
async function fenceOf(ctx: Ctx, attempt: PaymentAttemptRow): Promise<Outcome<Fence>> {
  const gateway = await attemptGateway(ctx, attempt);
  const voided = await gateway?.voidByReference(expectedOf(attempt));
  if (!voided || voided.kind === 'unreachable') return ok('unreachable');
  if (voided.kind === 'fenced') return ok('fenced');
  if (voided.kind === 'mismatch') return holdsOther;
  if (voided.result.kind === 'unknown' || voided.result.kind === 'requires_action') return ok('not_told');
  await scheduleRead(executor(ctx), attempt, 0);
  return refuse('conflict', 'The gateway has just told of this payment. Look again in a moment.');
}

/** One transaction under the link's lock: the attempt moves on only if nothing has moved it since it was read. */
const conclude = (
  ctx: Ctx,
  seen: PaymentAttemptRow,
  wanted: Wanted,
  fence: Fence | null,
): Promise<Outcome<Decided>> =>
  transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, seen.paymentLinkId, 'lock');
    if (!found.ok) return found;
    const { decision, reason, gatewayReference, gatewayWord } = wanted;
    const charged = decision === 'charged';
    const key = { merchantId: ctx.merchantId, id: seen.id };
    const moved = await moveAttempt(tx, key, [seen.state], DECISION_STATES[decision], {
      decidedAs: decision,
      endedAt: dbNow,
      operatorSince: null,
      ...(gatewayReference !== undefined && { gatewayReference }),
      ...(charged ? { capturedMinor: seen.amountMinor } : { reason: 'decided' }),
    });
    if (!moved) return settledAlready;
    await tell(ctx, tx, found.value, moved);
    await putAlertAway(ctx, tx, seen.id);
    await audit(ctx, tx, 'payment_attempt.decide', seen.id, {
      decision,
      reason,
      fence,
      gatewayReference: gatewayReference ?? null,
      gatewayWord: gatewayWord ?? null,
    });
    await scheduleRead(tx, moved, FIRST_FOLLOW_SECONDS);
    return ok({ by: 'person' as const, attempt: paymentAttemptView(moved) });
  });

async function tell(ctx: Ctx, tx: Executor, found: LinkAndToken, attempt: PaymentAttemptRow): Promise<void> {
  const charged = attempt.decidedAs === 'charged';
  const type = charged ? 'payment_attempt.succeeded' : 'payment_attempt.failed';
  await appendAttemptEvent(ctx, tx, type, attempt.id, 'decided');
  await appendAttemptEvent(ctx, tx, 'payment_attempt.resolved', attempt.id, 'decided');
  if (charged) await takeMoney(ctx, tx, found, attempt, true);
  else await release(ctx, tx, found, attempt);
  await wakeNotifications(tx, { merchantId: ctx.merchantId, id: attempt.id });
}
