import { type Outcome, ok } from '@/core/outcome';
import { mustResume, type RecordingState } from '@/core/payment-session';
import { settleAlert } from '@/db/queries/alerts';
import { changePaymentSession, type PaymentSessionRow } from '@/db/queries/payment-sessions';
import { raiseAlert } from '../alerts/raise';
import { actorName, type Ctx } from '../context';
import type { ResumeResult } from '../telephony';
import { telephonyOf } from './call';
import { appendSessionEvent, auditSession, onCall, onSession } from './internal';
import type { Went } from './secure';
import { isAtCall, SETTLED_SECONDS } from './steps';

/** A recording that is still off so long after it should have been on: somebody has to know. */
const ALARM_SECONDS = 30;
const UNKNOWN_SECONDS = 60;
const kind = 'recording_off';

/**
 * Puts a call back as it was before the session: what was keyed is wiped, tones are tones again and go nowhere, and every recording
 * of the call is on. Comes after every end, and again and again until all of it is so.
 */
export async function restoreCall(ctx: Ctx, before: PaymentSessionRow): Promise<Went> {
  const begun = await begin(ctx, before.id);
  const session = begun.ok ? begun.value : null;
  if (!session) return 'wait';
  if (session.captureId && session.captureCallback && ctx.keypad)
    await ctx.keypad.close(session.captureCallback, {
      capture: session.captureId,
      order: session.captureOrder + 1,
    });
  const telephony = await telephonyOf(ctx, session.telephonyAccountId ?? undefined);
  if (!telephony || session.callId === null)
    return finish(ctx, session, { released: true, recording: 'resumed', isOver: true });
  const secured = { callback: session.captureCallback ?? '', handle: session.securedHandle };
  // An answer to `secure` that was lost may still have secured it, or still does: it is released until that cannot be any more.
  const isDoubtful = session.secured === null && session.captureCallback !== null;
  const isPlain = session.secured === null && !isDoubtful;
  const mayFollow = isDoubtful && sinceEnd(session) < SETTLED_SECONDS;
  const answer = isPlain ? null : await telephony.line.release(session.callId, secured);
  const released = isPlain || answer?.kind === 'over' || (answer?.kind === 'released' && !mayFollow);
  if (!mustResume(session.recording))
    return finish(ctx, session, { released, recording: session.recording, isOver: false });
  const { kind: how } = await telephony.line.resumeRecording(session.callId);
  return finish(ctx, session, { released, recording: recordingAfter(how), isOver: how === 'over' });
}

function recordingAfter(how: ResumeResult['kind']): RecordingState {
  if (how === 'resumed' || how === 'over') return 'resumed';
  if (how === 'none') return 'unavailable';
  return how === 'pending' ? 'resuming' : 'resume_failed';
}

/**
 * Marks the recording as being turned on, unless whoever asked for it to be off may still be waiting for the answer: until then it is
 * only asked for. Not while another session of the same call has it off: that one turns it on.
 */
const begin = (ctx: Ctx, id: string): Promise<Outcome<PaymentSessionRow | null>> =>
  onCall(ctx, id, async (tx, { session }, others) => {
    if ([session, ...others].some(isAtCall) || isStillKeyed(session)) return ok(null);
    const { recording } = session;
    const mayGoOff = recording === 'suspending' && sinceEnd(session) < SETTLED_SECONDS;
    if (!mustResume(recording) || recording === 'resuming' || mayGoOff) return ok(session);
    return ok((await changePaymentSession(tx, session, [session.state], { recording: 'resuming' })) ?? null);
  });

/** A fault ends a session and its caller does not know: what they still key is heard by nobody while the agent tells them to stop. */
const QUIET_SECONDS = 5;
const UNKNOWN_TO_CALLER: readonly (string | null)[] = [
  'digits_lost',
  'capture_lost',
  'capture_timed_out',
  'handed_over',
];
const isStillKeyed = (session: PaymentSessionRow): boolean =>
  UNKNOWN_TO_CALLER.includes(session.reason) && session.secured !== null && sinceEnd(session) < QUIET_SECONDS;

/** `isOver`: the call is, so that nothing can be turned off any more. */
type Put = { released: boolean; recording: RecordingState | null; isOver: boolean };

/** Notes how far the call is put back. */
async function finish(ctx: Ctx, asked: PaymentSessionRow, put: Put): Promise<Went> {
  const done = await onSession(ctx, asked.id, async (tx, { session }) => {
    if (session.captureId !== asked.captureId || session.state !== asked.state) return ok<Went>('wait');
    const isEarly = asked.recording === 'suspending' && !put.isOver && put.recording !== 'unavailable';
    // What was learned meanwhile is newer than this answer.
    const isStale = session.recording !== asked.recording || isEarly;
    const recording = isStale ? session.recording : put.recording;
    const { released } = put;
    const changed = await changePaymentSession(tx, session, [session.state], {
      ...(released && {
        secured: null,
        captureId: null,
        captureCallback: null,
        captureSource: null,
        securedHandle: null,
      }),
      ...(recording !== session.recording && recording !== null && { recording }),
    });
    if (!changed) return ok<Went>('wait');
    if (recording === 'resumed' && session.recording !== 'resumed') await tellResumed(ctx, tx, changed);
    if (recording === 'unavailable') await settle(ctx, tx, changed);
    if (recording === 'resume_failed' || recording === 'resuming') await alarm(ctx, tx, changed);
    return ok<Went>(released && !mustResume(changed.recording) ? 'on' : 'wait');
  });
  return done.ok ? done.value : 'wait';
}

/** Seconds since the session let go of the call: since its end, or since it went on by link. */
const sinceEnd = ({ endedAt, stateAt, now }: PaymentSessionRow): number =>
  (now.getTime() - (endedAt ?? stateAt).getTime()) / 1000;

type Tx = Parameters<typeof raiseAlert>[1];

const settle = (ctx: Ctx, tx: Tx, { id }: PaymentSessionRow) =>
  settleAlert(tx, ctx.merchantId, kind, id, actorName(ctx.actor));

/** Every recording of the call is on again. */
export async function tellResumed(ctx: Ctx, tx: Tx, session: PaymentSessionRow): Promise<void> {
  await appendSessionEvent(ctx, tx, 'payment_session.recording_resumed', session);
  await auditSession(ctx, tx, 'recording_resumed', session);
  await settle(ctx, tx, session);
}

/** While the outcome of a payment is not known its call stays off the record: after a minute somebody has to know. */
export const alarmWhileUnknown = (ctx: Ctx, id: string) =>
  onSession(ctx, id, async (tx, { session }) => {
    const isOff = isAtCall(session) && mustResume(session.recording);
    if (session.state !== 'submitting' || !isOff || sinceEnd(session) < UNKNOWN_SECONDS) return ok(false);
    const message = `Call ${session.callId} is not recorded while the outcome of its payment is not known. It is put back as soon as that is.`;
    await raiseAlert(ctx, tx, { kind, subject: id, paymentLinkId: session.paymentLinkId, message });
    return ok(true);
  });

async function alarm(ctx: Ctx, tx: Tx, session: PaymentSessionRow): Promise<void> {
  if (sinceEnd(session) < ALARM_SECONDS) return;
  await raiseAlert(ctx, tx, {
    kind,
    subject: session.id,
    paymentLinkId: session.paymentLinkId,
    message: `Call ${session.callId} is still not recorded after its payment. It is tried again until it is, or the call is over.`,
  });
}
