import { type Outcome, ok, refuse } from '@/core/outcome';
import { findPaymentAttempt, type PaymentAttemptRow } from '@/db/queries/payment-attempts';
import type { Ctx } from '../context';
import { audit } from '../events/audit';
import { executor, transact } from '../transact';
import { fence, type Learned } from './ask';
import { attemptGateway } from './gateway';
import { TAKEN_OVER } from './internal';
import { applyLearned, readAndApply, takeTurn } from './resolve';

const BUSY = refuse('too_soon', 'Please wait a few seconds and try again.');
const UNREACHABLE = refuse('unavailable', 'The payment service cannot be reached. Try again in a minute.');

/** The attempt of this link that is at the bank, with a turn to ask the gateway about it; null when it is there no more. */
async function turnOf(ctx: Ctx, id: string): Promise<Outcome<PaymentAttemptRow | null>> {
  const key = { merchantId: ctx.merchantId, id };
  const attempt = await findPaymentAttempt(executor(ctx), key);
  if (attempt?.state !== 'requires_action') return ok(null);
  return (await takeTurn(ctx, key)) ? ok(attempt) : BUSY;
}

/**
 * Where the bank asks about this attempt, for a payer who goes on in another window than the one it began in. Read from the
 * gateway each time and kept nowhere; null when the check is over, which is then known here too.
 */
export async function bankCheckOf(ctx: Ctx, id: string): Promise<Outcome<string | null>> {
  const attempt = await turnOf(ctx, id);
  if (!attempt.ok || !attempt.value) return attempt as Outcome<null>;
  const { learned } = await readAndApply(ctx, attempt.value);
  if (learned.unreachable !== undefined) return UNREACHABLE;
  if (learned.result?.kind !== 'requires_action') return ok(null);
  const { challengeUrl } = learned.result;
  const origin = URL.canParse(challengeUrl) ? new URL(challengeUrl).origin : '';
  return ctx.config.challengeOrigins.includes(origin) ? ok(challengeUrl) : UNREACHABLE;
}

/**
 * Stops a bank check that is open elsewhere, so that the payer can pay anew here: the gateway first refuses that payment for
 * good. What it took meanwhile is taken as paid. True when the check is stopped and nothing was or will be charged for it.
 */
export async function takeOverBankCheck(ctx: Ctx, id: string): Promise<Outcome<boolean>> {
  const turn = await turnOf(ctx, id);
  if (!turn.ok) return turn;
  const attempt = turn.value;
  const gateway = attempt && (await attemptGateway(ctx, attempt));
  if (!attempt || !gateway) return ok(false);
  const learned = stoppedByPayer(await fence(gateway, attempt));
  if (learned.unreachable !== undefined) return UNREACHABLE;
  return transact(ctx, async (tx) => {
    const state = await applyLearned({ ...ctx, tx }, attempt, learned);
    if (!state.ok) return state;
    if (state.value !== 'voided') return ok(false);
    await audit(ctx, tx, 'payment_attempt.take_over', id);
    return ok(true);
  });
}

const stoppedByPayer = (learned: Learned): Learned => {
  const { result } = learned;
  const isStopped = result?.kind === 'voided' || (result?.kind === 'failed' && result.reason === 'fenced');
  return isStopped ? { ...learned, result: { kind: 'voided', reason: TAKEN_OVER } } : learned;
};
