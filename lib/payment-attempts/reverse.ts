import { type Outcome, ok } from '@/core/outcome';
import type { GatewayResult } from '@/core/payment-attempt';
import { SAME_KEY_SECONDS } from '@/core/refund';
import { readDelaySeconds } from '@/core/retry-schedule';
import type { Executor } from '@/db/client';
import { rewordAlert } from '@/db/queries/alerts';
import {
  countRead,
  endReversal,
  findPaymentAttempt,
  type PaymentAttemptRow,
} from '@/db/queries/payment-attempts';
import { findPaymentLink, type PaymentLinkRow } from '@/db/queries/payment-links';
import type { Ctx } from '../context';
import { audit } from '../events/audit';
import type { Gateway } from '../gateways';
import { loadLink } from '../payment-links/internal';
import { executor, transact } from '../transact';
import { applyResult } from './apply';
import { attemptGateway } from './gateway';
import { expectedOf, isOpen, reversalReference, scheduleReversal } from './internal';

/** `back`: no money is there any more. `kept`: there is, and it is not ours to give back. `again`: not known yet. */
type Reversed = { kind: 'back' | 'kept' | 'again' } | { kind: 'refused'; reason: string };
type Tried = { reversed: Reversed; result: GatewayResult | null };

/**
 * Gives back at the gateway what an attempt holds: voids a hold, and refunds what was captured where it was decided that the
 * money is not taken. That refund enters no ledger, as the money never did. Tried until it is done; returns how it stands.
 */
export async function reverseAttempt(ctx: Ctx, id: string): Promise<Outcome<Reversed['kind'] | null>> {
  const key = { merchantId: ctx.merchantId, id };
  const attempt = await findPaymentAttempt(executor(ctx), key);
  if (!attempt) return ok(null);
  const linkKey = { merchantId: ctx.merchantId, id: attempt.paymentLinkId };
  const link = await findPaymentLink(executor(ctx), linkKey);
  const gateway = link && (await attemptGateway(ctx, attempt));
  if (!gateway) return ok(null);
  const { reversed, result } = await giveBack(gateway, attempt, link);
  return transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, attempt.paymentLinkId, 'lock');
    const now = await findPaymentAttempt(tx, key);
    if (!found.ok || !now) return ok(null);
    if (result && isOpen(now.state)) await applyResult(ctx, tx, found.value, now, result);
    if (reversed.kind === 'again')
      await scheduleReversal(tx, now, readDelaySeconds(await countRead(tx, key)));
    else await settleReversal(ctx, tx, now, reversed);
    return ok(reversed.kind);
  });
}

async function giveBack(gateway: Gateway, attempt: PaymentAttemptRow, link: PaymentLinkRow): Promise<Tried> {
  const voided = await gateway.voidByReference(expectedOf(attempt));
  if (voided.kind === 'unreachable') return { reversed: { kind: 'again' }, result: null };
  if (voided.kind === 'fenced')
    return { reversed: { kind: 'back' }, result: { kind: 'voided', reason: 'fenced' } };
  if (voided.kind === 'mismatch')
    return { reversed: { kind: voided.holds === 'nothing' ? 'back' : 'kept' }, result: null };
  const { result } = voided;
  if (result.kind !== 'authorized') return { reversed: { kind: 'back' }, result };
  if (!result.captured) return { reversed: { kind: 'again' }, result };
  if (attempt.reversalDueAt === null) return { reversed: { kind: 'kept' }, result };
  return { reversed: await refund(gateway, attempt, link, result.gatewayReference), result: null };
}

/** Under a key made from the attempt's id: asked twice it is one refund. Past 23 hours it is only read. */
async function refund(
  gateway: Gateway,
  attempt: PaymentAttemptRow,
  link: PaymentLinkRow,
  payment: string,
): Promise<Reversed> {
  const { amountMinor, currency, reversalDueAt } = attempt;
  const reference = reversalReference(attempt.id);
  const order = { reference, payment, gatewayReference: null, amountMinor, currency };
  const ageMs = link.now.getTime() - (reversalDueAt?.getTime() ?? 0);
  const read = await gateway.readRefund(order);
  const mayAsk = read.kind === 'not_found' && ageMs < SAME_KEY_SECONDS * 1000;
  const answer = mayAsk ? await gateway.refund(order) : read.kind === 'found' ? read.result : null;
  if (answer?.kind === 'succeeded') return { kind: 'back' };
  return answer?.kind === 'failed' ? { kind: 'refused', reason: answer.reason } : { kind: 'again' };
}

const SAYS: Partial<Record<Reversed['kind'], string>> = {
  back: 'The gateway charged a try that was closed, and the request is paid otherwise. It was given back.',
  refused:
    'The gateway charged a try that was closed, and refuses to give it back. Refund it there by hand, by the id of the try.',
};

async function settleReversal(
  ctx: Ctx,
  tx: Executor,
  attempt: PaymentAttemptRow,
  reversed: Reversed,
): Promise<void> {
  const { merchantId } = ctx;
  const message = SAYS[reversed.kind];
  if (attempt.reversalDueAt === null || message === undefined) return;
  if (!(await endReversal(tx, { merchantId, id: attempt.id }))) return;
  await rewordAlert(tx, { merchantId, kind: 'duplicate_charge', subject: attempt.id, message });
  const why = reversed.kind === 'refused' ? { reason: reversed.reason } : {};
  await audit(ctx, tx, 'payment_attempt.reverse', attempt.id, { outcome: reversed.kind, ...why });
}
