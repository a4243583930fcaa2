import type { SubmitCall, SubmitGrant } from '@/core/card-ticket';
import { isId } from '@/core/ids';
import { type AppError, type ErrorCode, type Outcome, ok, refuse } from '@/core/outcome';
import {
  GATEWAY_BUDGET_MS,
  isBegunInTime,
  MAX_ATTEMPTS_PER_LINK,
  MAX_CARDS_PER_LINK,
  SEND_WINDOW_MS,
  TICKET_SECONDS,
} from '@/core/payment-attempt';
import { nextPayment, statusOf } from '@/core/payment-link';
import type { Executor } from '@/db/client';
import { dbNow, dbNowPlus } from '@/db/clock';
import { findGatewayAccount } from '@/db/queries/gateway-accounts';
import { listProfiles } from '@/db/queries/merchants';
import {
  findAttemptMerchant,
  findPaymentAttempt,
  findPreparation,
  moveAttempt,
  type PaymentAttemptRow,
  spentOnLink,
} from '@/db/queries/payment-attempts';
import { changePaymentLink, type PaymentLinkRow } from '@/db/queries/payment-links';
import { refuseStopped, type Stopped, stopCardTesting } from '../card-testing';
import type { Ctx, Services } from '../context';
import { audit } from '../events/audit';
import { credentials, gatewayFor, isAdmitted } from '../gateways';
import { mintAttemptHandle } from '../link-tokens/attempt-handle';
import { appendLinkEvent, loadLink, lockSoftly } from '../payment-links/internal';
import { executor, transact } from '../transact';
import { appendAttemptEvent, expectedOf, scheduleRead } from './internal';
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
  const prepared = await prepare(ctx, call.attempt);
  if (!prepared.ok) return prepared;
  const outcome = refuseStopped(await submit(ctx, call));
  if (!outcome.ok && LIMITS.has(outcome.error.code)) await stopAttempt(ctx, call.attempt, outcome.error.code);
  return outcome;
}

/** Where the profile says so the gateway is told first what will be charged, so that there is something to read. */
async function prepare(ctx: Ctx, attemptId: string): Promise<Outcome<true>> {
  const found = await findPreparation(executor(ctx), { merchantId: ctx.merchantId, id: attemptId });
  if (!found || !isAdmitted(ctx.config, found.account.gateway)) return ok(true);
  const { attempt, account } = found;
  const order = { ...expectedOf(attempt), paymentLink: attempt.paymentLinkId };
  const answer = await gatewayFor(ctx.config, account).prepare(order);
  return answer === 'unreachable'
    ? refuse('unavailable', 'The payment service cannot be reached. Nothing was charged.')
    : ok(true);
}

const LIMITS: ReadonlySet<ErrorCode> = new Set(['too_soon', 'too_many_attempts', 'too_many_cards']);

const submit = (ctx: Ctx, call: SubmitCall): Promise<Outcome<SubmitGrant | Stopped>> =>
  transact<SubmitGrant | Stopped>(ctx, async (tx) => {
    const { merchantId } = ctx;
    const key = { merchantId, id: call.attempt };
    const before = await findPaymentAttempt(tx, key);
    const found = before && (await loadLink(ctx, tx, before.paymentLinkId, 'lock'));
    const attempt = found?.ok && (await findPaymentAttempt(tx, key));
    if (!attempt || !found?.ok) return refuse('not_found', 'There is no such payment attempt.');
    const { link, token } = found.value;
    const reason = notSubmittable(link, attempt, call) ?? (await overLimit(tx, link, call));
    if (reason) return refuse(reason.code, reason.message);
    const stopped = await stopCardTesting(ctx, tx, attempt, call.card);
    if (stopped) return ok(stopped);
    const profile = (await listProfiles(tx, merchantId)).find((one) => one.id === link.profileId);
    const account = await findGatewayAccount(tx, merchantId, attempt.gatewayAccountId);
    if (!profile || !account || !isAdmitted(ctx.config, account.gateway))
      return refuse('link_not_payable', 'Payments for this request are switched off.');
    const submitted = await moveAttempt(tx, key, ['created'], 'submitted', {
      ...call.card,
      submittedAt: dbNow,
      sendBefore: dbNowPlus(SEND_WINDOW_MS),
    });
    const held = await changePaymentLink(tx, { merchantId, id: link.id }, ['active'], {
      access: 'processing',
      heldMinor: link.heldMinor + attempt.amountMinor,
    });
    if (!submitted || !held) return refuse('conflict', 'This payment was already submitted.');
    await appendLinkEvent(
      ctx,
      tx,
      'payment_link.updated',
      { link: held, token },
      { previous: { status: statusOf(link) } },
    );
    await audit(ctx, tx, 'payment_attempt.submit', attempt.id);
    await scheduleRead(tx, attempt, (SEND_WINDOW_MS + GATEWAY_BUDGET_MS) / 1000);
    return ok({
      attempt: attempt.id,
      paymentLink: link.id,
      amountMinor: attempt.amountMinor,
      currency: attempt.currency,
      channel: attempt.channel,
      handle: mintAttemptHandle(ctx.config.linkTokenKeys, attempt.id, link.now),
      capture: profile.captureAtOnce,
      sendWithinMs: SEND_WINDOW_MS,
      gateway: credentials(ctx.config, account),
    });
  });

/**
 * A limit stopped it: the attempt ends with the reason, so that the payer can be told, and a link that can take no
 * further try or card is locked, so that staff see it and can lift the limit.
 */
const stopAttempt = (ctx: Ctx, id: string, reason: ErrorCode): Promise<Outcome<boolean>> =>
  transact(ctx, async (tx) => {
    const key = { merchantId: ctx.merchantId, id };
    const attempt = await findPaymentAttempt(tx, key);
    const found = attempt && (await loadLink(ctx, tx, attempt.paymentLinkId, 'lock'));
    if (!found?.ok) return ok(false);
    const stopped = await moveAttempt(tx, key, ['created'], 'abandoned', { reason, endedAt: dbNow });
    if (!stopped) return ok(false);
    await appendAttemptEvent(ctx, tx, 'payment_attempt.abandoned', id, reason);
    if (reason !== 'too_soon') await lockSoftly(ctx, tx, found.value, reason);
    return ok(true);
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
  const range = nextPayment(link);
  if (range && attempt.amountMinor > range.maxMinor) return superseded;
  const reason = notPayable(link);
  if (reason?.code === 'link_expired' && link.access === 'active')
    return isBegunInTime(attempt.createdAt, link) ? null : reason;
  const age = link.now.getTime() - attempt.createdAt.getTime();
  return age > TICKET_SECONDS * 1000 ? superseded : reason;
}

async function overLimit(tx: Executor, link: PaymentLinkRow, call: SubmitCall): Promise<AppError | null> {
  const spent = await spentOnLink(tx, link, call.card);
  if (spent.tries >= MAX_ATTEMPTS_PER_LINK)
    return { code: 'too_many_attempts', message: 'There were too many tries with this link.' };
  if (spent.otherCards >= MAX_CARDS_PER_LINK)
    return { code: 'too_many_cards', message: 'Too many different cards were tried with this link.' };
  // Less than nothing: the database's clock was put back. Nobody waits until it has caught up.
  const waited = spent.secondsSinceLast ?? SECONDS_BETWEEN_TRIES;
  if (waited >= 0 && waited < SECONDS_BETWEEN_TRIES)
    return { code: 'too_soon', message: 'Please wait a few seconds and try again.' };
  return null;
}
