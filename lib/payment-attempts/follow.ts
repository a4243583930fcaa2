import { type Outcome, ok } from '@/core/outcome';
import type { AttemptState, Decision, GatewayResult } from '@/core/payment-attempt';
import type { Executor } from '@/db/client';
import {
  countRead,
  findPaymentAttempt,
  markDecisionTold,
  type PaymentAttemptRow,
} from '@/db/queries/payment-attempts';
import type { Ctx } from '../context';
import { quarantineAnswer } from '../gateway-notifications/quarantine';
import type { FenceResult, ReadResult } from '../gateways';
import { type LinkAndToken, loadLink } from '../payment-links/internal';
import { transact } from '../transact';
import { applyResult } from './apply';
import { attemptGateway } from './gateway';
import { expectedOf, isOpen, scheduleRead } from './internal';

/** After a person has decided, the gateway is asked this often, and for so long, until it tells as well. */
const FOLLOW_SECONDS = 6 * 3600;
const FOLLOWED_SECONDS = 120 * 86_400;
const CONTRADICTS = 'it was decided by hand that this payment was charged, and the gateway has not taken it';

type Word = Decision | 'open';

/** What the gateway's answer says of the charge. */
function wordOf(answer: ReadResult | FenceResult): Word {
  if (answer.kind === 'unreachable' || answer.kind === 'mismatch') return 'open';
  if (answer.kind !== 'found') return 'not_charged';
  return WORDS[answer.result.kind](answer.result);
}
const no = (): Word => 'not_charged';
const open = (): Word => 'open';
const WORDS: Record<GatewayResult['kind'], (result: GatewayResult) => Word> = {
  authorized: (result) => (result.kind === 'authorized' && result.captured ? 'charged' : 'not_charged'),
  requires_action: open,
  unknown: open,
  declined: no,
  failed: no,
  voided: no,
};

/**
 * Asks the gateway about an attempt that a person has decided on, until it tells. What agrees ends it; money that was said
 * not to be there is taken or given back as late money is; a charge that is not there is set aside, and people are told.
 */
export async function followDecision(
  ctx: Ctx,
  attempt: PaymentAttemptRow,
): Promise<Outcome<AttemptState | null>> {
  const gateway = await attemptGateway(ctx, attempt);
  const expected = expectedOf(attempt);
  const answer: ReadResult | FenceResult = !gateway
    ? { kind: 'unreachable', reason: 'no such account' }
    : attempt.decidedAs === 'charged'
      ? await gateway.read(expected)
      : await gateway.voidByReference(expected);
  return transact(ctx, async (tx) => {
    const key = { merchantId: ctx.merchantId, id: attempt.id };
    const found = await loadLink(ctx, tx, attempt.paymentLinkId, 'lock');
    const now = await findPaymentAttempt(tx, key);
    if (!found.ok || !now || now.decisionToldAt !== null) return ok(now?.state ?? null);
    const state = await hear(ctx, tx, found.value, now, answer);
    if (isOpen(state)) return ok(state);
    const after = await findPaymentAttempt(tx, key);
    const ageMs = found.value.link.now.getTime() - (now.endedAt?.getTime() ?? 0);
    if (after?.decisionToldAt === null && ageMs < FOLLOWED_SECONDS * 1000) {
      await countRead(tx, key);
      await scheduleRead(tx, now, FOLLOW_SECONDS);
    }
    return ok(state);
  });
}

async function hear(
  ctx: Ctx,
  tx: Executor,
  found: LinkAndToken,
  attempt: PaymentAttemptRow,
  answer: ReadResult | FenceResult,
): Promise<AttemptState> {
  const key = { merchantId: ctx.merchantId, id: attempt.id };
  const aside = (why: string) => quarantineAnswer(ctx, tx, attempt, found.link.profileId, 'read', why);
  if (answer.kind === 'mismatch') await aside(answer.reason);
  const word = wordOf(answer);
  if (word === 'open') return attempt.state;
  if (word === attempt.decidedAs) await markDecisionTold(tx, key);
  else if (word === 'not_charged') await aside(CONTRADICTS);
  else if (answer.kind === 'found') {
    const state = await applyResult(ctx, tx, found, attempt, answer.result);
    await markDecisionTold(tx, key);
    return state;
  }
  return attempt.state;
}
