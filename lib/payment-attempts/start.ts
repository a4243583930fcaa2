import type { CardTicket } from '@/core/card-ticket';
import { toWire } from '@/core/gateway-currencies';
import { type AppError, type Outcome, ok, refuse } from '@/core/outcome';
import { isBegunInTime, MAX_STARTS_PER_HOUR } from '@/core/payment-attempt';
import { nextPayment } from '@/core/payment-link';
import type { Executor } from '@/db/client';
import { listProfiles, type ProfileRow } from '@/db/queries/merchants';
import {
  abandonCreated,
  countStarts,
  findCreatedAttempt,
  insertPaymentAttempt,
  type PaymentAttemptRow,
} from '@/db/queries/payment-attempts';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import { refuseStopped, type Stopped, stopCardTesting } from '../card-testing';
import type { Ctx } from '../context';
import { audit } from '../events/audit';
import { isAdmitted } from '../gateways';
import { newId } from '../ids';
import { loadLink } from '../payment-links/internal';
import { originOf } from '../payment-links/view';
import { transact } from '../transact';
import { appendAttemptEvent } from './internal';

/** Why a link cannot be paid now, or null. In order of precedence: money, a payment under way, then access. */
export function notPayable(link: PaymentLinkRow): AppError | null {
  if (!nextPayment(link)) return { code: 'link_already_paid', message: 'This request is already paid.' };
  if (link.heldMinor > 0)
    return { code: 'being_paid', message: 'This request is being paid elsewhere right now.' };
  if (link.access === 'canceled') return { code: 'link_canceled', message: 'This request was canceled.' };
  if (link.access === 'draft') return { code: 'link_not_payable', message: 'This request is not open yet.' };
  if (link.access === 'expired' || link.expired)
    return { code: 'link_expired', message: 'This request has expired.' };
  return link.access === 'locked'
    ? { code: 'link_locked', message: 'This request is paused after too many tries.' }
    : null;
}

/** What this attempt asks for: the whole debt, or what the payer chose within the link's bounds. */
function amountOf(link: PaymentLinkRow, chosen: number | undefined): Outcome<number> {
  const range = nextPayment(link);
  if (!range) return refuse('link_already_paid', 'This request is already paid.');
  const amount = chosen ?? (link.amountType === 'open' ? link.amountMinor : range.maxMinor);
  if (amount === null || !Number.isSafeInteger(amount) || amount < range.minMinor || amount > range.maxMinor)
    return refuse('amount_not_allowed', 'This amount cannot be paid here.');
  return ok(amount);
}

type Wish = {
  amountMinor?: number | undefined;
  network?: string | undefined;
  /** `moto`: the card was keyed on a telephone, at an agent's word. */
  channel?: 'ecommerce' | 'moto';
};

/**
 * The payer pressed Pay: begins an attempt and returns what its ticket says (two minutes, for this parent origin).
 * `amountMinor` is the payer's choice where the link leaves one. Holds no lock yet; an earlier attempt that was never
 * submitted is abandoned. After the link's end nothing begins; one begun in time gets another ticket while its grace lasts.
 */
export async function startPaymentAttempt(
  ctx: Ctx,
  paymentLinkId: string,
  input: Wish = {},
): Promise<Outcome<CardTicket>> {
  const { channel = 'ecommerce' } = input;
  const outcome = await transact<CardTicket | Stopped>(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, paymentLinkId, 'lock');
    if (!found.ok) return found;
    const { link } = found.value;
    const reason = notPayable(link);
    const begun = reason?.code === 'link_expired' ? await begunInTime(tx, link) : undefined;
    if (reason && !begun) return refuse(reason.code, reason.message);
    const profile = (await listProfiles(tx, ctx.merchantId)).find((one) => one.id === link.profileId);
    if (!profile || !isAdmitted(ctx.config, profile.gateway))
      return refuse('link_not_payable', 'Payments for this request are switched off.');
    const attempt = begun ? ok(begun) : await begin(ctx, tx, link, profile, input);
    if (!attempt.ok) return attempt;
    const { id, amountMinor, network } = attempt.value;
    if (begun && amountMinor !== (input.amountMinor ?? amountMinor))
      return refuse('amount_not_allowed', 'The amount can no longer be changed.');
    const stopped = await stopCardTesting(ctx, tx, { id, channel, network });
    if (stopped) return ok(stopped);
    return ok({
      v: 1 as const,
      attempt: id,
      paymentLink: link.id,
      amountMinor,
      currency: link.currency,
      channel,
      parent: originOf(ctx.config, found.value.token),
    });
  });
  return refuseStopped(outcome);
}

/** The attempt of a link past its end that was begun before it, was never submitted and still may be. */
async function begunInTime(tx: Executor, link: PaymentLinkRow): Promise<PaymentAttemptRow | undefined> {
  if (link.access !== 'active') return undefined;
  const created = await findCreatedAttempt(tx, link.merchantId, link.id);
  return created && isBegunInTime(created.createdAt, link) ? created : undefined;
}

type Begun = Pick<PaymentAttemptRow, 'id' | 'amountMinor' | 'network'>;

async function begin(
  ctx: Ctx,
  tx: Executor,
  link: PaymentLinkRow,
  { gateway, gatewayAccountId }: ProfileRow,
  input: Wish,
): Promise<Outcome<Begun>> {
  const amount = amountOf(link, input.amountMinor);
  if (!amount.ok) return amount;
  const { merchantId } = ctx;
  if (toWire(gateway, { amountMinor: amount.value, currency: link.currency }) === null)
    return refuse('amount_not_allowed', 'This amount cannot be paid here.');
  if ((await countStarts(tx, merchantId, link.id)) >= MAX_STARTS_PER_HOUR)
    return refuse('too_many_starts', 'Pay was pressed too often here. Please try again later.');
  for (const old of await abandonCreated(tx, merchantId, link.id))
    await appendAttemptEvent(ctx, tx, 'payment_attempt.abandoned', old);
  const begun = { id: newId('paymentAttempt'), amountMinor: amount.value, network: input.network ?? null };
  await insertPaymentAttempt(tx, {
    ...begun,
    merchantId,
    paymentLinkId: link.id,
    state: 'created',
    currency: link.currency,
    channel: input.channel ?? 'ecommerce',
    gateway,
    gatewayAccountId,
    exclusive: link.amountType !== 'partial',
    createdAt: link.now,
  });
  await appendAttemptEvent(ctx, tx, 'payment_attempt.started', begun.id);
  await audit(ctx, tx, 'payment_attempt.start', begun.id);
  return ok(begun);
}
