import { type GatewayResult, LATE_TRANSITIONS } from '@/core/payment-attempt';
import type { PaymentAttemptRow } from '@/db/queries/payment-attempts';
import type { NotificationFact } from '../gateways';
import { applyResult, stateFor } from '../payment-attempts/apply';
import { isOpen, scheduleRead } from '../payment-attempts/internal';
import { APPLIED, type Case, quarantined, type Verdict, waiting } from './verdict';

export type PaymentFact = Extract<NotificationFact, { kind: 'payment' }>;

const holdsMoney = (result: GatewayResult): boolean => result.kind === 'authorized';
const isHeld = (result: GatewayResult): boolean => result.kind === 'authorized' && !result.captured;
const saysNo = (result: GatewayResult): boolean => ['declined', 'failed', 'voided'].includes(result.kind);
const mayBeLate = (attempt: PaymentAttemptRow, result: GatewayResult): boolean =>
  LATE_TRANSITIONS[attempt.state]?.includes(stateFor(result)) ?? false;

/**
 * What a gateway tells of a payment. While the attempt is open the news moves it forward. Money on one that is closed may
 * be news that was overtaken, so the gateway itself is read before anything is opened again or set aside.
 */
export async function judgePayment(one: Case, fact: PaymentFact): Promise<Verdict> {
  const { ctx, tx, found, attempt } = one;
  const { result } = fact;
  if (!attempt.submittedAt) return quarantined('it is about a try that was never submitted', isHeld(result));
  if (fact.amountMinor !== attempt.amountMinor || fact.currency !== attempt.currency) {
    if (isOpen(attempt.state)) await scheduleRead(tx, attempt, 0);
    return quarantined('a payment has another amount or currency than the try', isHeld(result));
  }
  if (isOpen(attempt.state)) {
    await applyResult(ctx, tx, found, attempt, result);
    return APPLIED;
  }
  if (attempt.state === 'succeeded')
    return saysNo(result) ? quarantined('a payment that was taken is said to have failed') : APPLIED;
  return holdsMoney(result) ? judgeClosed(one) : APPLIED;
}

async function judgeClosed({ ctx, tx, found, attempt, read }: Case): Promise<Verdict> {
  if (!read) return { to: 'ask' };
  if (read.kind === 'unreachable' || read.kind === 'not_found')
    return waiting('the gateway could not be read to see whether this is still so');
  if (read.kind === 'mismatch')
    return quarantined('a payment has another amount or currency than the try', read.holds === 'authorized');
  const { result } = read;
  if (!holdsMoney(result)) return APPLIED;
  if (!mayBeLate(attempt, result))
    return quarantined(`there is money on a try that was ${attempt.state}`, isHeld(result));
  await applyResult(ctx, tx, found, attempt, result);
  return APPLIED;
}
