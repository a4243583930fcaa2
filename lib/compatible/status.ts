import { type IdKind, uuidFromId } from '@/core/ids';
import type { DeclineCode } from '@/core/payment-attempt';
import { isEnd, type SessionEnd } from '@/core/payment-session';
import type { PaymentAttemptRow } from '@/db/queries/payment-attempts';
import type { PaymentSessionRow } from '@/db/queries/payment-sessions';
import type { CompatibleStatus, DecisionTold } from '../contracts/compatible';

/** How each end of a session is told, and under which number where no card was declined. Those from 900 on are ours. */
const ENDS: Record<SessionEnd, { decision: DecisionTold; reasonCode: string }> = {
  succeeded: { decision: 'ACCEPT', reasonCode: '100' },
  declined: { decision: 'DECLINE', reasonCode: '203' },
  failed: { decision: 'ERROR', reasonCode: '150' },
  canceled: { decision: 'CANCEL', reasonCode: '901' },
  customer_hangup: { decision: 'CANCEL', reasonCode: '902' },
  agent_hangup: { decision: 'CANCEL', reasonCode: '903' },
  timed_out: { decision: 'EXPIRED', reasonCode: '904' },
};

/** The reason codes of the gateway behind that API (CyberSource), for our decline codes. */
export const REASON_CODES: Record<DeclineCode, string> = {
  expired_card: '202',
  do_not_honor: '203',
  generic_decline: '203',
  insufficient_funds: '204',
  incorrect_cvc: '211',
  authentication_required: '475',
  authentication_failed: '476',
  processor_error: '150',
};

type Attempt = Pick<PaymentAttemptRow, 'id' | 'state' | 'gatewayReference' | 'declineCode' | 'submittedAt'>;

/** The attempt that a session's result is about: the one with money, else the newest that was submitted. */
const attemptOf = (attempts: readonly Attempt[]): Attempt | undefined =>
  attempts.find(({ state }) => state === 'succeeded' || state === 'authorized') ??
  attempts.findLast(({ submittedAt }) => submittedAt !== null);

const guidOf = (kind: IdKind, id: string): string => uuidFromId(kind, id) ?? id;

/** A payment session as the Vonage Payment API tells it: the names of its request again, the amount in minor units, and how it ended. */
export function statusOf(
  session: PaymentSessionRow,
  { amountMinor }: { amountMinor: number | null },
  attempts: readonly Attempt[],
): CompatibleStatus {
  const { state } = session;
  const repeated = { ...session.compatible, ...(amountMinor !== null && { Amount: String(amountMinor) }) };
  return {
    sessionGuid: guidOf('paymentSession', session.id),
    callGuid: session.callId,
    providerSessionGuid: guidOf('paymentLink', session.paymentLinkId),
    createdOn: session.createdAt.toISOString(),
    lastUpdatedOn: session.updatedAt.toISOString(),
    sessionState: isEnd(state) ? 'Finished' : state === 'created' ? 'Created' : 'InProgress',
    paymentResultData: isEnd(state) ? { ...repeated, ...resultOf(state, attemptOf(attempts)) } : repeated,
  };
}

function resultOf(state: SessionEnd, attempt: Attempt | undefined): Record<string, string> {
  const { decision, reasonCode } = ENDS[state];
  const declined = state === 'declined' && attempt?.declineCode;
  return {
    decision,
    reasonCode: declined ? REASON_CODES[declined] : reasonCode,
    requestID: attempt?.gatewayReference ?? attempt?.id ?? '',
    transactionType: attempt?.state === 'authorized' ? 'Authorization' : attempt ? 'Capture' : '',
  };
}
