import { type Outcome, ok } from '@/core/outcome';
import { isEnd } from '@/core/payment-session';
import { findPaymentAttempt } from '@/db/queries/payment-attempts';
import type { PaymentSessionRow } from '@/db/queries/payment-sessions';
import type { Ctx } from '../context';
import { executor, requireNoTransaction } from '../transact';
import { takeCall } from './call';
import { findSession, moveSession, onSession, watchSessionJob } from './internal';
import { alarmWhileUnknown, restoreCall } from './restore';
import { openCapture, secureCall, suspendRecording, type Went } from './secure';
import { mustRestore, overdue, type Step, stepOf, UNSUBMITTED_SECONDS } from './steps';
import { loseCapture, tellCard } from './tell-card';

/** More steps than any session has between two waits. */
const MOST_STEPS = 12;

const STEPS: Record<Exclude<Step, 'none'>, (ctx: Ctx, session: PaymentSessionRow) => Promise<Went>> = {
  connect: async (ctx, { id }) => {
    const taken = await takeCall(ctx, id);
    return taken.ok && taken.value ? 'on' : 'wait';
  },
  suspend: suspendRecording,
  open: openCapture,
  secure: secureCall,
  field: tellCard,
  submit: tellCard,
  restore: restoreCall,
};

/** How far a session has come, and the step that it waits with. */
export type Driven = { state: PaymentSessionRow['state']; step: Step };

/**
 * Brings a session as far as it goes by itself: asks outside what comes next, writes down what became of it, and so on until it
 * waits for somebody. What comes next is read from its row, so that whoever comes after a crash goes on, and several at once
 * do no harm. Given no transaction: it asks telephony and the card process.
 */
export async function driveSession(ctx: Ctx, id: string): Promise<Outcome<Driven>> {
  requireNoTransaction(ctx);
  for (let steps = 0; ; steps++) {
    const found = await findSession(ctx, executor(ctx), id);
    if (!found.ok) return found;
    const session = found.value;
    if (await endOverdue(ctx, session)) continue;
    const step = stepOf(session);
    if (step === 'none' || steps >= MOST_STEPS) return ok({ state: session.state, step });
    if ((await STEPS[step](ctx, session)) === 'wait') return ok({ state: session.state, step });
  }
}

/** Ends what has had its time. True when something was ended. */
async function endOverdue(ctx: Ctx, session: PaymentSessionRow): Promise<boolean> {
  const { id, state, attemptId } = session;
  const late = overdue(session);
  if (late) {
    const ended = await onSession(ctx, id, async (tx, held) => {
      const still = overdue(held.session);
      if (!still) return ok(false);
      const { end, reason } = still;
      return ok((await moveSession(ctx, tx, held.session, [held.session.state], end, { reason })) !== null);
    });
    return ended.ok && ended.value;
  }
  if (state !== 'submitting' || session.kind !== 'agent_assist' || !attemptId) return false;
  if (session.now.getTime() - session.stateAt.getTime() <= UNSUBMITTED_SECONDS * 1000) return false;
  const attempt = await findPaymentAttempt(executor(ctx), { merchantId: ctx.merchantId, id: attemptId });
  if (attempt?.state !== 'created') return false;
  await loseCapture(ctx, id);
  return true;
}

const WATCH_SECONDS = 5;
const MOST_WAIT_SECONDS = 60;

/** When the job looks again: soon while a card may be keyed, ever more rarely while a call cannot be put back; null when all is done. */
function nextWatch(session: PaymentSessionRow): number | null {
  const isOver = isEnd(session.state) || session.kind === 'digital';
  if (!isOver) return session.state === 'connecting' || session.state === 'securing' ? 2 : WATCH_SECONDS;
  if (!mustRestore(session)) return null;
  const since = (session.now.getTime() - (session.endedAt ?? session.stateAt).getTime()) / 1000;
  return Math.min(Math.max(2, since / 2), MOST_WAIT_SECONDS);
}

/** The job of a session: drives it, and comes again for as long as somebody must look after it. */
export async function watchSession(ctx: Ctx, id: string): Promise<Outcome<Driven>> {
  const driven = await driveSession(ctx, id);
  if (driven.ok && driven.value.state === 'submitting') await alarmWhileUnknown(ctx, id);
  const found = await findSession(ctx, executor(ctx), id);
  if (!found.ok) return found;
  const seconds = nextWatch(found.value);
  if (seconds !== null) await watchSessionJob(executor(ctx), found.value, seconds);
  return driven;
}
