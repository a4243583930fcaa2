import { type Outcome, ok } from '@/core/outcome';
import { isEnd, mustResume, type RecordingState } from '@/core/payment-session';
import { settleAlert } from '@/db/queries/alerts';
import {
  changePaymentSession,
  lockSessionsOfCall,
  type PaymentSessionRow,
} from '@/db/queries/payment-sessions';
import { raiseAlert } from '../alerts/raise';
import { actorName, type Ctx } from '../context';
import { telephonyOf } from './call';
import { appendSessionEvent, auditSession, onSession } from './internal';
import type { Went } from './secure';

/** Whoever asked for the recording to be off may still be waiting for the answer: until then it is turned on once more. */
const SETTLED_SECONDS = 6;
/** A recording that is still off so long after it should have been on: somebody has to know. */
const ALARM_SECONDS = 30;
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
    return finish(ctx, session, { released: true, recording: 'resumed' });
  const secured = { callback: session.captureCallback ?? '', handle: session.securedHandle };
  // An answer to `secure` that was lost may still have secured it.
  const isPlain = session.secured === null && session.captureCallback === null;
  const released = isPlain || isGone(await telephony.line.release(session.callId, secured));
  const recording = mustResume(session.recording)
    ? await resume(telephony.line.resumeRecording(session.callId))
    : session.recording;
  return finish(ctx, session, { released, recording });
}

/** A fault ends a session and its caller does not know: what they still key is heard by nobody while the agent tells them to stop. */
const QUIET_SECONDS = 5;
const isStillKeyed = ({ state, secured, endedAt, now }: PaymentSessionRow): boolean =>
  (state === 'failed' || state === 'timed_out') && secured !== null && seconds(endedAt, now) < QUIET_SECONDS;

const isGone = ({ kind: how }: { kind: string }): boolean => how === 'released' || how === 'over';

async function resume(
  asked: ReturnType<NonNullable<Awaited<ReturnType<typeof telephonyOf>>>['line']['resumeRecording']>,
): Promise<RecordingState> {
  const { kind: how } = await asked;
  if (how === 'resumed' || how === 'over') return 'resumed';
  if (how === 'none') return 'unavailable';
  return how === 'pending' ? 'resuming' : 'resume_failed';
}

/** Marks the recording as being turned on. Not while another session of the same call has it off: that one turns it on. */
const begin = (ctx: Ctx, id: string): Promise<Outcome<PaymentSessionRow | null>> =>
  onSession(ctx, id, async (tx, { session }) => {
    const isBegunAnew = session.state === 'created' || session.state === 'connecting';
    if (!isEnd(session.state) && session.kind !== 'digital' && !isBegunAnew) return ok(null);
    const { callId, merchantId, recording } = session;
    const others = callId ? await lockSessionsOfCall(tx, merchantId, callId) : [];
    const isOffForAnother = others.some(
      (one) =>
        one.id !== id &&
        one.kind === 'agent_assist' &&
        ['securing', 'capturing', 'ready', 'submitting'].includes(one.state),
    );
    if (isOffForAnother || isStillKeyed(session)) return ok(null);
    if (recording !== 'suspended' && recording !== 'resume_failed') return ok(session);
    return ok((await changePaymentSession(tx, session, [session.state], { recording: 'resuming' })) ?? null);
  });

/** The provider's word that the call is recorded again. True where this session was waiting for it. */
export const confirmResumed = (ctx: Ctx, id: string): Promise<Outcome<boolean>> =>
  onSession(ctx, id, async (tx, { session }) => {
    if (session.recording !== 'resuming' && session.recording !== 'resume_failed') return ok(false);
    const changed = await changePaymentSession(tx, session, [session.state], { recording: 'resumed' });
    if (changed) await tellResumed(ctx, tx, changed);
    return ok(changed !== undefined);
  });

type Put = { released: boolean; recording: RecordingState | null };

/** Notes how far the call is put back. */
async function finish(ctx: Ctx, asked: PaymentSessionRow, put: Put): Promise<Went> {
  const done = await onSession(ctx, asked.id, async (tx, { session }) => {
    if (session.captureId !== asked.captureId || session.state !== asked.state) return ok<Went>('wait');
    const askedSince = seconds(asked.recordingAt, asked.now);
    const isEarly = asked.recording === 'suspending' && askedSince < SETTLED_SECONDS;
    const recording = isEarly && put.recording === 'resumed' ? session.recording : put.recording;
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
    if (recording === 'resume_failed' || recording === 'resuming') await alarm(ctx, tx, changed);
    return ok<Went>(released && !mustResume(changed.recording) ? 'on' : 'wait');
  });
  return done.ok ? done.value : 'wait';
}

const seconds = (at: Date | null, now: Date): number => (at ? (now.getTime() - at.getTime()) / 1000 : 0);

type Tx = Parameters<typeof raiseAlert>[1];

async function tellResumed(ctx: Ctx, tx: Tx, session: PaymentSessionRow): Promise<void> {
  await appendSessionEvent(ctx, tx, 'payment_session.recording_resumed', session);
  await auditSession(ctx, tx, 'recording_resumed', session);
  await settleAlert(tx, ctx.merchantId, kind, session.id, actorName(ctx.actor));
}

async function alarm(ctx: Ctx, tx: Tx, session: PaymentSessionRow): Promise<void> {
  if (seconds(session.endedAt ?? session.recordingAt, session.now) < ALARM_SECONDS) return;
  await raiseAlert(ctx, tx, {
    kind,
    subject: session.id,
    paymentLinkId: session.paymentLinkId,
    message: `Call ${session.callId} is still not recorded after its payment. It is tried again until it is, or the call is over.`,
  });
}
