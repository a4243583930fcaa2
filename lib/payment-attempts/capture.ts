import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { AttemptState } from '@/core/payment-attempt';
import type { Executor } from '@/db/client';
import { findPaymentAttempt, type PaymentAttemptRow } from '@/db/queries/payment-attempts';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { PaymentAttempt } from '../contracts/payment-links';
import { audit } from '../events/audit';
import { type LinkAndToken, loadLink } from '../payment-links/internal';
import { executor, transact } from '../transact';
import { applyResult } from './apply';
import { attemptGateway } from './gateway';
import { expectedOf, scheduleReversal } from './internal';
import { resolveAttempt } from './resolve';
import { reverseAttempt } from './reverse';
import { paymentAttemptView } from './view';

type Held = LinkAndToken & { attempt: PaymentAttemptRow };

/**
 * Takes money that is held. Taken already it answers the same. Where the gateway's answer is lost the attempt stays
 * authorized, the gateway is read at once and then by a job; a hold that has run out there ends here and frees the link.
 */
export async function capturePayment(ctx: Ctx, id: string): Promise<Outcome<PaymentAttempt>> {
  const held = await decide(ctx, id, 'capture', 'succeeded');
  if (!held.ok || held.value === 'done') return view(ctx, id, held);
  const { attempt, link } = held.value;
  const gateway = await attemptGateway(ctx, attempt);
  const taken = await gateway?.capture(expectedOf(attempt), attempt.gatewayReference ?? '');
  if (taken?.kind !== 'found') return view(ctx, id, await resolveAttempt(ctx, id));
  const applied = await transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, link.id, 'lock');
    const now = await findPaymentAttempt(tx, { merchantId: ctx.merchantId, id });
    if (!found.ok || !now) return missing;
    return ok(await applyResult(ctx, tx, found.value, now, taken.result));
  });
  return view(ctx, id, applied);
}

/** Gives back money that is held. Given back already it answers the same; a lost answer is followed by a job. */
export async function voidPayment(ctx: Ctx, id: string): Promise<Outcome<PaymentAttempt>> {
  const held = await decide(ctx, id, 'void', 'voided', (tx, attempt) => scheduleReversal(tx, attempt));
  if (!held.ok || held.value === 'done') return view(ctx, id, held);
  return view(ctx, id, await reverseAttempt(ctx, id));
}

const missing = refuse('not_found', 'There is no such payment attempt.');

/** May it be done, and is it to be? Noted under the link's lock, before the gateway is asked for anything. */
async function decide(
  ctx: Ctx,
  id: string,
  act: 'capture' | 'void',
  done: AttemptState,
  more: (tx: Executor, attempt: PaymentAttemptRow) => Promise<void> = async () => {},
): Promise<Outcome<Held | 'done'>> {
  const allowed = authorize(ctx, 'payments:capture');
  if (!allowed.ok) return allowed;
  if (!isId('paymentAttempt', id)) return missing;
  const key = { merchantId: ctx.merchantId, id };
  return transact(ctx, async (tx): Promise<Outcome<Held | 'done'>> => {
    const before = await findPaymentAttempt(tx, key);
    const found = before && (await loadLink(ctx, tx, before.paymentLinkId, 'lock'));
    const attempt = found?.ok && (await findPaymentAttempt(tx, key));
    if (!attempt || !found?.ok) return missing;
    if (attempt.state === done) return ok('done');
    if (attempt.state !== 'authorized') return refuse('not_authorized', 'No money is held by this attempt.');
    await audit(ctx, tx, `payment_attempt.${act}`, id);
    await more(tx, attempt);
    return ok({ ...found.value, attempt });
  });
}

async function view(ctx: Ctx, id: string, after: Outcome<unknown>): Promise<Outcome<PaymentAttempt>> {
  if (!after.ok) return after;
  const attempt = await findPaymentAttempt(executor(ctx), { merchantId: ctx.merchantId, id });
  return attempt ? ok(paymentAttemptView(attempt)) : missing;
}
