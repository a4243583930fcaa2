import { CHALLENGE_SECONDS, GATEWAY_BUDGET_MS, type GatewayResult } from '@/core/payment-attempt';
import type { PaymentAttemptRow } from '@/db/queries/payment-attempts';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import type { Gateway, ReadResult } from '../gateways';
import { expectedOf, MISMATCH } from './internal';

/** No card scheme honours a hold for longer: after it a hold that the gateway still shows is given back. */
const LONGEST_HOLD_SECONDS = 31 * 24 * 3600;

/** What was learned of an open attempt. `result` is null while nothing is decided. */
export type Learned = {
  result: GatewayResult | null;
  /** The gateway holds something else under our reference; `taken`: and money of that was captured. */
  mismatch?: { reason: string; taken: boolean };
  unreachable?: string;
};

const NOTHING: Learned = { result: null };

/** Reads the gateway for an attempt whose outcome is open. It never charges; what it closes was fenced first. */
export async function askGateway(
  gateway: Gateway,
  attempt: PaymentAttemptRow,
  link: PaymentLinkRow,
): Promise<Learned> {
  const ageMs = link.now.getTime() - (attempt.submittedAt?.getTime() ?? 0);
  if (attempt.state === 'unknown' && attempt.reason === MISMATCH) return fence(gateway, attempt);
  const read = await gateway.read(expectedOf(attempt));
  if (read.kind === 'unreachable') return { result: null, unreachable: read.reason };
  if (read.kind === 'mismatch') return fence(gateway, attempt);
  if (read.kind === 'not_found') return mayStillBeSent(attempt, link) ? NOTHING : fence(gateway, attempt);
  const { result } = read;
  if (result.kind === 'requires_action')
    return ageMs > (CHALLENGE_SECONDS + 60) * 1000 ? fence(gateway, attempt) : { result };
  const isHeld = result.kind === 'authorized' && !result.captured;
  return isHeld && ageMs > LONGEST_HOLD_SECONDS * 1000 ? fence(gateway, attempt) : { result };
}

/** The card process may have sent until `sendBefore`, and its request may be under way for the gateway's budget after it. */
const mayStillBeSent = (attempt: PaymentAttemptRow, link: PaymentLinkRow): boolean =>
  attempt.state === 'authorized' ||
  link.now.getTime() <= (attempt.sendBefore?.getTime() ?? 0) + GATEWAY_BUDGET_MS;

/** Cancels by our reference, so that nothing can be charged under it later. */
export async function fence(gateway: Gateway, attempt: PaymentAttemptRow): Promise<Learned> {
  const voided = await gateway.voidByReference(expectedOf(attempt));
  if (voided.kind === 'unreachable') return { result: null, unreachable: voided.reason };
  if (voided.kind !== 'fenced') return learnedFrom(voided);
  const second = await gateway.read(expectedOf(attempt));
  return second.kind === 'not_found' ? { result: { kind: 'failed', reason: 'fenced' } } : learnedFrom(second);
}

/** What stands behind a fence. What holds no money any more is closed, whatever amount it was for. */
function learnedFrom(found: ReadResult): Learned {
  if (found.kind === 'unreachable') return { result: null, unreachable: found.reason };
  if (found.kind === 'not_found') return NOTHING;
  if (found.kind === 'found')
    return found.result.kind === 'requires_action' ? NOTHING : { result: found.result };
  const mismatch = { reason: found.reason, taken: found.holds === 'captured' };
  return { mismatch, result: found.holds === 'nothing' ? { kind: 'voided', reason: MISMATCH } : null };
}
