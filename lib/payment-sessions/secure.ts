import type { DigitSource } from '@/core/keypad';
import { type Outcome, ok } from '@/core/outcome';
import { isSafeToCapture, type RecordingState } from '@/core/payment-session';
import { dbNow } from '@/db/clock';
import { changePaymentSession, type PaymentSessionRow } from '@/db/queries/payment-sessions';
import type { Ctx } from '../context';
import { seal, unseal } from '../crypto';
import { newId } from '../ids';
import { telephonyOf } from './call';
import {
  appendSessionEvent,
  auditSession,
  moveSession,
  noCapture,
  onSession,
  watchSessionJob,
} from './internal';
import { isAtCall } from './steps';

/** A step went on, or has to wait for something that comes by itself. */
export type Went = 'on' | 'wait';

/** Ends a session in the state `from` for a reason of the line; what it had changed of the call is then put back. */
export const failSession = (
  ctx: Ctx,
  id: string,
  from: PaymentSessionRow['state'],
  reason: string,
): Promise<Outcome<unknown>> =>
  onSession(ctx, id, async (tx, { session }) => {
    if (session.state === from) await moveSession(ctx, tx, session, [from], 'failed', { reason });
    return ok(true);
  });

/**
 * Asks for all recordings of the call to be off. What the provider confirms counts, and nothing else: `pending` waits for its
 * word, and a refusal ends the session before a digit is asked for.
 */
export async function suspendRecording(ctx: Ctx, session: PaymentSessionRow): Promise<Went> {
  const { id, callId, telephonyAccountId } = session;
  const telephony = await telephonyOf(ctx, telephonyAccountId ?? undefined);
  const answer = telephony && callId ? await telephony.line.suspendRecording(callId) : null;
  if (!answer || answer.kind === 'refused') {
    await failSession(ctx, id, 'securing', 'recording_refused');
    return 'on';
  }
  if (answer.kind === 'unreachable' || answer.kind === 'pending') return 'wait';
  await confirmSuspended(ctx, id, answer.kind === 'none' ? 'unavailable' : 'suspended');
  return 'on';
}

/**
 * The provider's confirmation that nothing is recorded. Where the session has ended meanwhile the recording was perhaps turned on
 * before this came: it is turned on again.
 */
export const confirmSuspended = (
  ctx: Ctx,
  id: string,
  recording: Extract<RecordingState, 'suspended' | 'unavailable'>,
): Promise<Outcome<boolean>> =>
  onSession(ctx, id, async (tx, { session }) => {
    if (session.state === 'securing' && session.recording === 'suspending') {
      const changed = await changePaymentSession(tx, session, ['securing'], { recording });
      if (!changed) return ok(false);
      const off = recording === 'suspended' ? 'confirmed by the provider' : 'this call is not recorded';
      await appendSessionEvent(ctx, tx, 'payment_session.recording_suspended', changed, off);
      await auditSession(ctx, tx, 'recording_suspended', changed, { recording });
      return ok(true);
    }
    const turnedOn = session.recording === 'resumed' || session.recording === 'resuming';
    if (turnedOn && recording === 'suspended') {
      await changePaymentSession(tx, session, [session.state], { recording: 'resume_failed' });
      await watchSessionJob(tx, session, 1);
    }
    return ok(false);
  });

/** What proves the digits of a capture, kept as text that is encrypted with a key outside the database. */
export const sourceContext = ({ merchantId, id }: Pick<PaymentSessionRow, 'merchantId' | 'id'>) =>
  `capture_source:${merchantId}:${id}`;
const sealSource = ({ config }: Ctx, session: PaymentSessionRow, source: DigitSource): string =>
  seal(config.dataKey, JSON.stringify(source), sourceContext(session));
const sourceOf = ({ config }: Ctx, session: PaymentSessionRow): DigitSource | null =>
  session.captureSource && JSON.parse(unseal(config.dataKey, session.captureSource, sourceContext(session)));

/** Opens the capture at a card process, once it is confirmed that nothing is recorded. Its id is kept before it is asked for. */
export async function openCapture(ctx: Ctx, before: PaymentSessionRow): Promise<Went> {
  const { keypad } = ctx;
  const { id } = before;
  const telephony = await telephonyOf(ctx, before.telephonyAccountId ?? undefined);
  if (!keypad || !telephony) return 'wait';
  const begun = await onSession(ctx, id, async (tx, { session }) => {
    if (session.state !== 'securing' || !isSafeToCapture(session.recording)) return ok(null);
    if (session.captureId !== null) return ok(session);
    const changed = await changePaymentSession(tx, session, ['securing'], {
      ...noCapture(),
      captureId: newId('capture'),
      captureSource: sealSource(ctx, session, telephony.line.source()),
      captureOrder: 1,
      reportCount: 0,
    });
    return ok(changed ?? null);
  });
  const session = begun.ok ? begun.value : null;
  const source = session && sourceOf(ctx, session);
  if (!session?.captureId || !source) return 'on';
  const answer = await keypad.open({
    capture: session.captureId,
    session: id,
    order: session.captureOrder,
    source,
  });
  if (answer.kind === 'lost') return 'wait';
  const { captureId } = session;
  await onSession(ctx, id, async (tx, held) => {
    if (held.session.captureId === captureId)
      await changePaymentSession(tx, held.session, ['securing'], {
        captureCallback: answer.callback,
        captureAt: dbNow,
        heardAt: dbNow,
      });
    return ok(true);
  });
  return 'on';
}

/**
 * Has the provider send what is keyed to the card process alone, where neither agent nor recording hears it. Only then is the
 * first field asked for.
 */
export async function secureCall(ctx: Ctx, session: PaymentSessionRow): Promise<Went> {
  const { id, callId, captureCallback, captureId } = session;
  const source = sourceOf(ctx, session);
  const telephony = await telephonyOf(ctx, session.telephonyAccountId ?? undefined);
  if (!telephony || !callId || !captureCallback || !source) {
    await failSession(ctx, id, 'securing', 'secure_refused');
    return 'on';
  }
  const answer = await telephony.line.secure(callId, { callback: captureCallback, source });
  if (answer.kind === 'refused' || answer.kind === 'over') {
    await failSession(ctx, id, 'securing', answer.kind === 'over' ? 'call_over' : 'secure_refused');
    return 'on';
  }
  if (answer.kind !== 'secured') return 'wait';
  const taken = await onSession(ctx, id, async (tx, held) => {
    const isWanted = ok(isAtCall(held.session));
    const { recording } = held.session;
    if (held.session.captureId !== captureId || !isSafeToCapture(recording)) return isWanted;
    const secured = await moveSession(ctx, tx, held.session, ['securing'], 'capturing', {
      secured: answer.how,
      securedHandle: answer.handle ?? null,
      fields: { ...held.session.fields, card_number: { state: 'requested', digits: 0, error: null } },
      activeField: 'card_number',
      pendingAct: 'field',
      captureOrder: held.session.captureOrder + 1,
    });
    if (!secured) return isWanted;
    await appendSessionEvent(ctx, tx, 'payment_session.secured', secured, answer.how);
    await appendSessionEvent(ctx, tx, 'payment_session.field_requested', secured, 'card_number');
    await auditSession(ctx, tx, 'secured', secured, { how: answer.how });
    return ok(true);
  });
  // The session ended while this was asked: what came after its release is released too. Not where another process has
  // secured it for the session meanwhile.
  if (!taken.ok || !taken.value)
    await telephony.line.release(callId, { callback: captureCallback, handle: answer.handle ?? null });
  return 'on';
}
