import type { KeypadAnswer, KeypadReport } from '@/core/keypad';
import { type ErrorCode, type Outcome, ok } from '@/core/outcome';
import {
  allCaptured,
  type FieldsFacts,
  isEnd,
  SESSION_FIELDS,
  type SessionField,
} from '@/core/payment-session';
import type { Executor } from '@/db/client';
import { changePaymentSession, noteReport, type PaymentSessionRow } from '@/db/queries/payment-sessions';
import type { Ctx } from '../context';
import { withdrawPaymentAttempt } from '../payment-attempts/withdraw';
import { appendSessionEvent, auditSession, moveSession, onSession, type SessionAndLink } from './internal';
import { loseCapture } from './tell-card';

const KEYED = ['capturing', 'ready'] as const;

/**
 * The card process tells how a capture stands: how many digits of which field, never which. The newest count is the truth. What is
 * captured leads to the next field by itself. The answer says whether the session still wants the capture.
 */
export async function recordKeypad(ctx: Ctx, report: KeypadReport): Promise<Outcome<KeypadAnswer>> {
  const kept = await onSession(ctx, report.session, async (tx, held) => {
    const { session } = held;
    if (session.captureId !== report.capture || isEnd(session.state) || session.kind === 'digital')
      return ok<KeypadAnswer>({ keep: false });
    // As long as it has not answered what it was asked last, it may be telling of the time before.
    const keeps = session.pendingAct !== null;
    const change = keeps
      ? { fields: session.fields, activeField: session.activeField, brand: session.brand }
      : { fields: report.fields, activeField: report.active, brand: report.brand };
    const noted = await noteReport(tx, session, report.capture, report.count, change);
    if (noted && !keeps) await follow(ctx, tx, held, noted);
    return ok<KeypadAnswer>({ keep: true });
  });
  if (!kept.ok || !kept.value.keep) return kept;
  if (report.refused) await refuseSubmission(ctx, report.session, report.refused);
  if (report.ended === 'timed_out') await endCapture(ctx, report.session);
  else if (report.ended !== null) await loseCapture(ctx, report.session);
  return report.ended === null ? kept : ok({ keep: false });
}

/** Tells of each field that came to an end, asks for the next one, and says when all of them are there. */
async function follow(
  ctx: Ctx,
  tx: Executor,
  { session: before }: SessionAndLink,
  after: PaymentSessionRow,
): Promise<void> {
  if (!KEYED.some((state) => state === before.state)) return;
  for (const field of SESSION_FIELDS) await tellField(ctx, tx, field, before.fields, after);
  if (allCaptured(after.fields)) {
    const ready = await moveSession(ctx, tx, after, ['capturing'], 'ready', { pendingAct: null });
    if (ready) await appendSessionEvent(ctx, tx, 'payment_session.ready', ready);
    return;
  }
  const open = before.state === 'ready' ? await moveSession(ctx, tx, after, ['ready'], 'capturing') : after;
  const justCaptured = SESSION_FIELDS.some(
    (field) => after.fields[field].state === 'captured' && before.fields[field].state !== 'captured',
  );
  const next = SESSION_FIELDS.find((field) => after.fields[field].state === 'idle');
  const isFree = after.activeField === null && SESSION_FIELDS.every((f) => after.fields[f].state !== 'error');
  if (open && justCaptured && isFree && next) await askNext(ctx, tx, open, next);
}

async function tellField(
  ctx: Ctx,
  tx: Executor,
  field: SessionField,
  before: FieldsFacts,
  after: PaymentSessionRow,
): Promise<void> {
  const [was, is] = [before[field], after.fields[field]];
  if (was.state === is.state && was.error === is.error) return;
  if (is.state === 'captured')
    await appendSessionEvent(ctx, tx, 'payment_session.field_captured', after, field);
  if (is.state === 'error')
    await appendSessionEvent(ctx, tx, 'payment_session.field_error', after, `${field} · ${is.error}`);
}

/** The caller is asked for a field: what was keyed of it is wiped, and the card process is told. */
export async function askNext(
  ctx: Ctx,
  tx: Executor,
  session: PaymentSessionRow,
  field: SessionField,
): Promise<PaymentSessionRow | null> {
  const asked = await moveSession(ctx, tx, session, KEYED, 'capturing', {
    fields: { ...session.fields, [field]: { state: 'requested', digits: 0, error: null } },
    activeField: field,
    pendingAct: 'field',
    captureOrder: session.captureOrder + 1,
  });
  if (asked) await appendSessionEvent(ctx, tx, 'payment_session.field_requested', asked, field);
  return asked;
}

/** What stands for a refusal of the card process itself, before anybody was asked. */
type Refused = { attempt: string; code: ErrorCode | string };

/** The card was not sent to the gateway. What was keyed is gone there, so the session has ended, and says why. */
async function refuseSubmission(ctx: Ctx, id: string, { attempt, code }: Refused): Promise<void> {
  const mine = await onSession(ctx, id, async (tx, { session }) => {
    if (session.attemptId !== attempt || session.state !== 'submitting') return ok(false);
    await auditSession(ctx, tx, 'submission_refused', session, { code });
    return ok((await changePaymentSession(tx, session, ['submitting'], { reason: code })) !== undefined);
  });
  if (mine.ok && mine.value) await withdrawPaymentAttempt(ctx, attempt);
}

const endCapture = (ctx: Ctx, id: string): Promise<Outcome<boolean>> =>
  onSession(ctx, id, async (tx, { session }) => {
    const reason = 'capture_timed_out';
    return ok((await moveSession(ctx, tx, session, KEYED, 'timed_out', { reason })) !== null);
  });
