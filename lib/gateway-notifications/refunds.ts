import { isId } from '@/core/ids';
import { giveBack } from '@/db/queries/payment-attempts';
import { findRefund, findRefundAtGateway, insertRefund, type RefundRow } from '@/db/queries/refunds';
import { actorName } from '../context';
import type { NotificationFact } from '../gateways';
import { newId } from '../ids';
import { reversalReference, scheduleReversal } from '../payment-attempts/internal';
import { applyRefundResult } from '../refunds/apply';
import { appendRefundEvent, scheduleRefund } from '../refunds/internal';
import { APPLIED, type Case, quarantined, type Verdict, waiting } from './verdict';

export type RefundFact = Extract<NotificationFact, { kind: 'refund' }>;

const FOLLOW_SECONDS = 60;

/** What a gateway tells of a refund: one of ours, by its id, or one that was begun at the provider and gets its row here. */
export async function judgeRefund(one: Case, fact: RefundFact): Promise<Verdict> {
  const { tx, attempt } = one;
  if (fact.currency !== attempt.currency)
    return quarantined('a refund has another currency than its payment');
  if (fact.refund === reversalReference(attempt.id)) {
    if (attempt.reversedAt === null) await scheduleReversal(tx, attempt);
    return APPLIED;
  }
  return fact.refund === null ? judgeTheirs(one, fact) : judgeOurs(one, fact, fact.refund);
}

async function judgeOurs(one: Case, fact: RefundFact, id: string): Promise<Verdict> {
  const { merchantId } = one.ctx;
  const refund = isId('refund', id) && (await findRefund(one.tx, { merchantId, id }));
  if (!refund) return waiting('there is no such refund yet');
  return apply(one, refund, fact);
}

async function judgeTheirs(one: Case, fact: RefundFact): Promise<Verdict> {
  const { ctx, tx, attempt } = one;
  const known = await findRefundAtGateway(tx, ctx.merchantId, attempt.id, fact.gatewayReference);
  if (known) return apply(one, known, fact);
  if (fact.result.kind === 'failed') return enterFailed(one, fact, fact.result.reason);
  const key = { merchantId: ctx.merchantId, id: attempt.id };
  if (!(await giveBack(tx, key, { refundingMinor: fact.amountMinor })))
    return waiting('a refund is larger than what is left of its payment');
  const begun = await enter(one, fact, {});
  const verdict = await apply(one, begun, fact);
  if (fact.result.kind !== 'succeeded') await scheduleRefund(tx, begun, FOLLOW_SECONDS);
  return verdict;
}

/** We first hear of it when it has failed: it never took up room here. */
async function enterFailed(one: Case, fact: RefundFact, failure: string): Promise<Verdict> {
  const refund = await enter(one, fact, { state: 'failed', failure, endedAt: one.found.link.now });
  await appendRefundEvent(one.ctx, one.tx, 'refund.failed', refund, { state: 'pending' });
  return APPLIED;
}

async function enter(
  { ctx, tx, attempt }: Case,
  fact: RefundFact,
  more: Partial<Pick<RefundRow, 'state' | 'failure' | 'endedAt'>>,
): Promise<RefundRow> {
  const refund = await insertRefund(tx, {
    merchantId: ctx.merchantId,
    id: newId('refund'),
    paymentLinkId: attempt.paymentLinkId,
    paymentAttemptId: attempt.id,
    amountMinor: fact.amountMinor,
    currency: fact.currency,
    gatewayReference: fact.gatewayReference,
    createdByKind: 'gateway',
    createdByName: actorName({ kind: 'gateway' }),
    ...more,
  });
  if (!refund) throw new Error('the new refund is not there');
  const asBegun: RefundRow = { ...refund, state: 'pending', failure: null, endedAt: null };
  await appendRefundEvent(ctx, tx, 'refund.created', asBegun);
  return refund;
}

async function apply(
  { ctx, tx, found, attempt }: Case,
  refund: RefundRow,
  fact: RefundFact,
): Promise<Verdict> {
  const same =
    refund.paymentAttemptId === attempt.id &&
    refund.amountMinor === fact.amountMinor &&
    refund.currency === fact.currency;
  if (!same) return quarantined('a refund has another amount, currency or payment than was asked for');
  const state = await applyRefundResult(ctx, tx, found, refund, fact.result);
  const isOver = state === 'succeeded' || state === 'failed';
  const contradicts = isOver && fact.result.kind !== 'pending' && fact.result.kind !== state;
  return contradicts ? quarantined(`a refund that ${state} is said to have ${fact.result.kind}`) : APPLIED;
}
