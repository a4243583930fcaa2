import type { SubmitCall, SubmitGrant } from '@/core/card-ticket';
import { isId } from '@/core/ids';
import { type AppError, type ErrorCode, type Outcome, ok, refuse } from '@/core/outcome';
import {
  GATEWAY_BUDGET_MS,
  GRACE_SECONDS,
  MAX_ATTEMPTS_PER_LINK,
  MAX_CARDS_PER_LINK,
  SEND_WINDOW_MS,
  TICKET_SECONDS,
} from '@/core/payment-attempt';
import type { Executor } from '@/db/client';
import { dbNow, dbNowPlus } from '@/db/clock';
import { listProfiles } from '@/db/queries/merchants';
import {
  findAttemptMerchant,
  findPaymentAttempt,
  moveAttempt,
  type PaymentAttemptRow,
  spentOnLink,
} from '@/db/queries/payment-attempts';
import { changePaymentLink, type PaymentLinkRow } from '@/db/queries/payment-links';
import type { Ctx, Services } from '../context';
import { audit } from '../events/audit';
import { gatewayAccount } from '../gateways';
import { appendLinkEvent, loadLink } from '../payment-links/internal';
import { transact } from '../transact';
import { appendAttemptEvent, scheduleRead } from './internal';
import { notPayable } from './start';

const SECONDS_BETWEEN_TRIES = 2;

/** The act as the card process does it: it knows an attempt by its id alone. Null when there is none. */
export async function cardCtx(services: Services, requestId: string, attempt: string): Promise<Ctx | null> {
  if (!isId('paymentAttempt', attempt)) return null;
  const merchantId = await findAttemptMerchant(services.db, attempt);
  return merchantId === undefined ? null : { ...services, merchantId, requestId, actor: { kind: 'payer' } };
}

/**
 * The card process asks for the attempt's one right to be sent. Marks it submitted by compare-and-set under the link's
 * row lock, takes the lease and answers with the gateway's credentials; on any refusal nothing may be sent.
 */
export async function submitPaymentAttempt(ctx: Ctx, call: SubmitCall): Promise<Outcome<SubmitGrant>> {
  const outcome = await submit(ctx, call);
  if (!outcome.ok && LIMITS.has(outcome.error.code))
    await abandonAttempt(ctx, call.attempt, outcome.error.code);
  return outcome;
}

const LIMITS: ReadonlySet<ErrorCode> = new Set(['too_soon', 'too_many_attempts', 'too_many_cards']);

const submit = (ctx: Ctx, call: SubmitCall): Promise<Outcome<SubmitGrant>> =>
  transact(ctx, async (tx) => {
    const { merchantId } = ctx;
    const key = { merchantId, id: call.attempt };
    const before = await findPaymentAttempt(tx, key);
    const found = before && (await loadLink(ctx, tx, before.paymentLinkId, 'lock'));
    const attempt = found?.ok && (await findPaymentAttempt(tx, key));
    if (!attempt || !found?.ok) return refuse('not_found', 'There is no such payment attempt.');
    const { link, token } = found.value;
    const reason = notSubmittable(link, attempt, call) ?? (await overLimit(ctx, tx, link, call));
    if (reason) return refuse(reason.code, reason.message);
    const profile = (await listProfiles(tx, merchantId)).find((one) => one.id === link.profileId);
    if (!profile) return refuse('link_not_payable', 'Payments for this request are switched off.');
    const submitted = await moveAttempt(tx, key, ['created'], 'submitted', {
      ...call.card,
      submittedAt: dbNow,
      sendBefore: dbNowPlus(SEND_WINDOW_MS),
    });
    const held = await changePaymentLink(tx, { merchantId, id: link.id }, ['active'], {
      access: 'processing',
      heldMinor: attempt.amountMinor,
    });
    if (!submitted || !held) return refuse('conflict', 'This payment was already submitted.');
    await appendLinkEvent(
      ctx,
      tx,
      'payment_link.updated',
      { link: held, token },
      { previous: { status: 'active' } },
    );
    await audit(ctx, tx, 'payment_attempt.submit', attempt.id);
    await scheduleRead(tx, attempt, (SEND_WINDOW_MS + GATEWAY_BUDGET_MS) / 1000);
    return ok({
      attempt: attempt.id,
      paymentLink: link.id,
      amountMinor: attempt.amountMinor,
      currency: attempt.currency,
      channel: attempt.channel,
      capture: profile.captureAtOnce,
      sendWithinMs: SEND_WINDOW_MS,
      gateway: gatewayAccount(ctx.config, profile),
    });
  });

/** A limit stopped it: the attempt ends with the reason, so that the payer can be told. */
const abandonAttempt = (ctx: Ctx, id: string, reason: ErrorCode): Promise<Outcome<true>> =>
  transact(ctx, async (tx) => {
    const key = { merchantId: ctx.merchantId, id };
    if (await moveAttempt(tx, key, ['created'], 'abandoned', { reason, endedAt: dbNow }))
      await appendAttemptEvent(ctx, tx, 'payment_attempt.abandoned', id, reason);
    return ok(true as const);
  });

function notSubmittable(link: PaymentLinkRow, attempt: PaymentAttemptRow, call: SubmitCall): AppError | null {
  const superseded = {
    code: 'attempt_superseded',
    message: 'This payment was started again elsewhere.',
  } as const;
  if (call.amountMinor !== attempt.amountMinor || call.currency !== attempt.currency)
    return { code: 'conflict', message: 'The amount is not the one that was agreed.' };
  if (attempt.state === 'abandoned') return notPayable(link) ?? superseded;
  if (attempt.state !== 'created')
    return { code: 'conflict', message: 'This payment was already submitted.' };
  const age = link.now.getTime() - attempt.createdAt.getTime();
  if (age > (TICKET_SECONDS + 30) * 1000) return superseded;
  const reason = notPayable(link);
  const grace = link.expiresAt.getTime() + GRACE_SECONDS * 1000;
  const begunInTime = attempt.createdAt < link.expiresAt && link.now.getTime() <= grace;
  return reason?.code === 'link_expired' && link.access === 'active' && begunInTime ? null : reason;
}

async function overLimit(
  ctx: Ctx,
  tx: Executor,
  link: PaymentLinkRow,
  call: SubmitCall,
): Promise<AppError | null> {
  const spent = await spentOnLink(tx, ctx.merchantId, link.id, call.card);
  if (spent.tries >= MAX_ATTEMPTS_PER_LINK)
    return { code: 'too_many_attempts', message: 'There were too many tries with this link.' };
  if (spent.otherCards >= MAX_CARDS_PER_LINK)
    return { code: 'too_many_cards', message: 'Too many different cards were tried with this link.' };
  if (spent.secondsSinceLast !== null && spent.secondsSinceLast < SECONDS_BETWEEN_TRIES)
    return { code: 'too_soon', message: 'Please wait a few seconds and try again.' };
  return null;
}
