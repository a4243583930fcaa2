import type { ResultAnswer, ResultCall } from '@/core/card-ticket';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { GatewayResult } from '@/core/payment-attempt';
import { findPaymentAttempt, type PaymentAttemptRow } from '@/db/queries/payment-attempts';
import type { Ctx } from '../context';
import { audit } from '../events/audit';
import { quarantineAnswer } from '../gateway-notifications/quarantine';
import type { ReadResult } from '../gateways';
import { loadLink } from '../payment-links/internal';
import { executor, transact } from '../transact';
import { applyResult } from './apply';
import { attemptGateway } from './gateway';
import { expectedOf, isOpen, MISMATCH } from './internal';

const OTHER = 'the answer to a charge was for another amount, currency or reference';

/**
 * The card process tells what the gateway answered. Told again it changes nothing and answers the same. Money on an attempt
 * that has ended without it may be an answer that was overtaken: then the gateway is read, and what it says now counts.
 */
export async function recordAttemptResult(ctx: Ctx, call: ResultCall): Promise<Outcome<ResultAnswer>> {
  const first = await record(ctx, call, null);
  if (!first.ok || first.value !== 'ask') return first as Outcome<ResultAnswer>;
  return (await record(ctx, call, await ask(ctx, call.attempt))) as Outcome<ResultAnswer>;
}

const record = (
  ctx: Ctx,
  call: ResultCall,
  read: ReadResult | null,
): Promise<Outcome<ResultAnswer | 'ask'>> =>
  transact<ResultAnswer | 'ask'>(ctx, async (tx) => {
    const key = { merchantId: ctx.merchantId, id: call.attempt };
    const before = await findPaymentAttempt(tx, key);
    const found = before && (await loadLink(ctx, tx, before.paymentLinkId, 'lock'));
    const attempt = found?.ok && (await findPaymentAttempt(tx, key));
    if (!attempt || !found?.ok) return refuse('not_found', 'There is no such payment attempt.');
    if (call.amountMinor !== attempt.amountMinor || call.currency !== attempt.currency)
      return refuse('conflict', 'The amount is not the one that was agreed.');
    if (attempt.state === 'created') return refuse('conflict', 'This payment was never submitted.');
    const isDoubtful = mayBeOld(attempt, call.result);
    if (isDoubtful && !read) return ok('ask');
    const result = isDoubtful && read?.kind === 'found' ? read.result : call.result;
    const state = await applyResult(ctx, tx, found.value, attempt, result);
    if (call.result.kind === 'unknown' && call.result.reason === MISMATCH)
      await quarantineAnswer(ctx, tx, attempt, found.value.link.profileId, 'charge', OTHER);
    await audit(ctx, tx, 'payment_attempt.result', attempt.id, { state });
    return ok({ attempt: attempt.id, state });
  });

const mayBeOld = ({ state }: PaymentAttemptRow, result: GatewayResult): boolean =>
  result.kind === 'authorized' && !isOpen(state) && state !== 'succeeded';

/** What the gateway holds now. Where it cannot be read the answer counts as it is: better to look too often than to miss money. */
async function ask(ctx: Ctx, id: string): Promise<ReadResult> {
  const tx = executor(ctx);
  const { merchantId } = ctx;
  const attempt = await findPaymentAttempt(tx, { merchantId, id });
  const gateway = attempt && (await attemptGateway(ctx, attempt));
  if (!gateway) return { kind: 'unreachable', reason: 'no such account' };
  return gateway.read(expectedOf(attempt));
}
