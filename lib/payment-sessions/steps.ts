import {
  CAPTURE_SECONDS,
  isEnd,
  isSafeToCapture,
  LOST_SECONDS,
  mustResume,
  SECURING_SECONDS,
  type SessionEnd,
} from '@/core/payment-session';
import type { PaymentSessionRow } from '@/db/queries/payment-sessions';

/** What has to be asked outside next. `open`, `field` and `submit` are the portal's alone: they go to the card process. */
export type Step = 'connect' | 'suspend' | 'open' | 'secure' | 'field' | 'submit' | 'restore' | 'none';

type Standing = Pick<PaymentSessionRow, 'recording' | 'secured' | 'captureId'>;

/** The call is not as it was before this session: its recording is off, it is secured, or the card process waits for digits. */
export const mustRestore = ({ recording, secured, captureId }: Standing): boolean =>
  mustResume(recording) || secured !== null || captureId !== null;

/** The call is this session's: its recording is off for it, and what is keyed is for its capture. */
export const isAtCall = ({ kind, state }: Pick<PaymentSessionRow, 'kind' | 'state'>): boolean =>
  kind === 'agent_assist' && ['securing', 'capturing', 'ready', 'submitting'].includes(state);

/** A card is being keyed, or all of it is there and was not submitted. */
export const isKeyed = ({ kind, state }: Pick<PaymentSessionRow, 'kind' | 'state'>): boolean =>
  kind === 'agent_assist' && (state === 'capturing' || state === 'ready');

/** What was asked of the provider may still be done for so long, though nobody waits for the answer any more. */
export const SETTLED_SECONDS = 6;

/**
 * Whoever takes the call now would meet what this session has still under way. Where only its recording cannot be turned on, and
 * nothing of that is under way, the call may be taken: it is wanted off.
 */
export function isPuttingBack(row: PaymentSessionRow): boolean {
  const isStuck = row.recording === 'resume_failed' && row.secured === null && row.captureId === null;
  const isQuiet = secondsSince(row.recordingAt, row.now) > SETTLED_SECONDS;
  return !isAtCall(row) && mustRestore(row) && !(isStuck && isQuiet);
}

/** The one next step of a session, from its row alone: whoever comes after a crash finds the same one. */
export function stepOf(session: PaymentSessionRow): Step {
  if (isEnd(session.state) || session.kind === 'digital') return mustRestore(session) ? 'restore' : 'none';
  switch (session.state) {
    case 'created':
    case 'connecting':
      if (isPuttingBack(session)) return 'restore';
      return session.withoutCall ? 'none' : 'connect';
    case 'securing':
      if (!isSafeToCapture(session.recording)) return 'suspend';
      if (session.captureCallback === null) return 'open';
      return 'secure';
    default:
      return session.pendingAct ?? 'none';
  }
}

const secondsSince = (at: Date | null, now: Date): number =>
  at ? (now.getTime() - at.getTime()) / 1000 : Number.POSITIVE_INFINITY;

/** A card process tells of its capture's end by itself; only when it does not, this counts. */
const CAPTURE_GRACE_SECONDS = 5;
/** A ticket is handed over and submitted within seconds. One that was not never will be. */
export const UNSUBMITTED_SECONDS = 15;
/** A session that is made without a call, for tests of an integration, waits for so long. */
const WITHOUT_CALL_SECONDS = 900;

/** The end that a session has come to because its time is over, and why; null while it has time. */
export function overdue(row: PaymentSessionRow): { end: SessionEnd; reason: string } | null {
  if (row.kind === 'digital') return null;
  const since = (at: Date | null) => secondsSince(at, row.now);
  switch (row.state) {
    case 'created':
      if (row.withoutCall && since(row.stateAt) <= WITHOUT_CALL_SECONDS) return null;
      return since(row.stateAt) > SECURING_SECONDS
        ? { end: 'timed_out', reason: row.withoutCall ? 'without_call' : 'telephony_unavailable' }
        : null;
    case 'connecting':
      return since(row.stateAt) > SECURING_SECONDS
        ? { end: 'failed', reason: 'telephony_unavailable' }
        : null;
    case 'securing':
      if (since(row.stateAt) <= SECURING_SECONDS) return null;
      return isSafeToCapture(row.recording)
        ? { end: 'failed', reason: 'telephony_unavailable' }
        : { end: 'failed', reason: 'recording_not_confirmed' };
    case 'capturing':
    case 'ready':
      if (since(row.captureAt) > CAPTURE_SECONDS + CAPTURE_GRACE_SECONDS)
        return { end: 'timed_out', reason: 'capture_timed_out' };
      return since(row.heardAt) > LOST_SECONDS ? { end: 'failed', reason: 'capture_lost' } : null;
    default:
      return null;
  }
}
