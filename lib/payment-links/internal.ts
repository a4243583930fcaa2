import { randomUUID } from 'node:crypto';
import { type ChallengeCounts, isSpent } from '@/core/challenge';
import type { EventType } from '@/core/events';
import { isId } from '@/core/ids';
import { type AppError, type Outcome, ok, refuse } from '@/core/outcome';
import { OPEN_ATTEMPT_STATES } from '@/core/payment-attempt';
import {
  CHANNELS,
  type Channel,
  LINK_ACCESS,
  LINK_LIFETIME_SECONDS,
  nextPayment,
  REPEAT_SECONDS,
  statusOf,
} from '@/core/payment-link';
import type { Executor } from '@/db/client';
import { findChallenge } from '@/db/queries/challenges';
import { findMerchant } from '@/db/queries/merchants';
import { findMessageOnItsWay, type MessageRow } from '@/db/queries/messages';
import { abandonCreated, type PaymentAttemptRow } from '@/db/queries/payment-attempts';
import {
  changePaymentLink,
  findNewestTokens,
  findPaymentLink,
  insertLinkToken,
  type LinkChange,
  type LinkTokenRow,
  lockPaymentLink,
  type PaymentLinkRow,
} from '@/db/queries/payment-links';
import type { Ctx, Services } from '../context';
import type { PaymentLink } from '../contracts/payment-links';
import { appendEvent } from '../events/append';
import { audit } from '../events/audit';
import { errorText } from '../log';
import { queueMessage } from '../messages/queue';
import { refuseField } from '../parse';
import { appendAttemptEvent } from '../payment-attempts/internal';
import { followLink } from '../payment-sessions/follow';
import { systemCtx } from '../system';
import { paymentLinkView } from './view';

export type LinkAndToken = { link: PaymentLinkRow; token: LinkTokenRow };

/** A link of this merchant with its newest token; another merchant's is simply not there. */
export async function loadLink(
  ctx: Ctx,
  tx: Executor,
  id: string,
  lock: 'lock' | 'read',
): Promise<Outcome<LinkAndToken>> {
  const missing = refuse('not_found', 'There is no such payment link.');
  if (!isId('paymentLink', id)) return missing;
  const key = { merchantId: ctx.merchantId, id };
  const link = lock === 'lock' ? await lockPaymentLink(tx, key) : await findPaymentLink(tx, key);
  const token = link && (await findNewestTokens(tx, ctx.merchantId, [id]))[0];
  return link && token ? ok({ link, token }) : missing;
}

/** Writes an event about the link itself and returns the link as it then stands. */
export async function appendLinkEvent(
  ctx: Ctx,
  tx: Executor,
  type: EventType,
  { link, token }: LinkAndToken,
  more: { detail?: string; previous?: Partial<PaymentLink> } = {},
): Promise<PaymentLink> {
  const after = await appendEvent(ctx, tx, {
    type,
    paymentLinkId: link.id,
    data: (row) => paymentLinkView(ctx.config, row, token),
    ...more,
  });
  await followLink(ctx, tx, after, { type });
  return paymentLinkView(ctx.config, after, token);
}

export const secondsAfter = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);

/** A new token of a link. It says 72 hours from the issue, the longest that its link may be paid; the row says how long. */
export async function issueToken(
  ctx: Ctx,
  tx: Executor,
  paymentLinkId: string,
  issuedAt: Date,
): Promise<LinkTokenRow> {
  const merchant = await findMerchant(tx, ctx.merchantId);
  const token = await insertLinkToken(tx, {
    merchantId: ctx.merchantId,
    id: randomUUID(),
    paymentLinkId,
    keyId: ctx.config.linkTokenKeys.signing,
    origin: merchant?.payOrigin ?? null,
    expiresAt: secondsAfter(issuedAt, LINK_LIFETIME_SECONDS),
  });
  if (!token) throw new Error('the new token is not there');
  return token;
}

/** Why nothing more can be asked for with a link, or null. Its end is another matter: a reissue undoes that. */
export function notOwed(link: PaymentLinkRow): AppError | null {
  if (!nextPayment(link)) return { code: 'link_paid', message: 'This link is paid.' };
  if (link.heldMinor > 0)
    return {
      code: 'being_paid',
      message: 'Somebody is paying this link right now. Try again when that has ended.',
    };
  if (link.access === 'canceled') return { code: 'link_canceled', message: 'This link was canceled.' };
  return link.access === 'draft'
    ? { code: 'link_not_payable', message: 'This link was not issued yet.' }
    : null;
}

/** Why what names the customer of a link is not erased now, or null. */
export function notErasable(
  link: PaymentLinkRow,
  attempts: readonly Pick<PaymentAttemptRow, 'state'>[],
): AppError | null {
  if (attempts.some(({ state }) => OPEN_ATTEMPT_STATES.some((open) => open === state)))
    return { code: 'being_paid', message: 'A payment of this link is under way. Wait until it has ended.' };
  if (['draft', 'active', 'processing', 'locked', 'partially_paid'].includes(statusOf(link)))
    return { code: 'link_not_expired', message: 'This link can still be paid. Cancel it first.' };
  return link.erasedAt ? { code: 'conflict', message: 'The customer’s data is erased already.' } : null;
}

/** The address on file for a channel; null where there is none. */
export const addressFor = (link: PaymentLinkRow, channel: Channel): string | null =>
  channel === 'email' ? link.customerEmail : link.customerPhone;

/** The channels that a link can be sent by: with an address on file, and not how its passcodes go. */
export const channelsOf = (link: PaymentLinkRow, challenge: ChallengeCounts | undefined): Channel[] =>
  CHANNELS.filter((channel) => channel !== challenge?.channel && addressFor(link, channel));

/** Nobody can answer what a link asks any more, which staff can undo: not of one that was canceled. */
export const isShut = (link: PaymentLinkRow, challenge: ChallengeCounts | undefined): boolean =>
  challenge !== undefined && isSpent(challenge) && statusOf(link) !== 'canceled';

/** Why a link is not sent by a channel, of the field that named it; null where it can be. */
export async function refuseChannel(tx: Executor, link: PaymentLinkRow, channel: Channel, path: string) {
  if (!addressFor(link, channel)) return refuseField(path, `the link has no address for ${channel}`);
  if (link.challenge !== 'passcode' || (await findChallenge(tx, link))?.channel !== channel) return null;
  return refuseField(path, `the passcode of this link goes by ${channel}: the link must go another way`);
}

/**
 * Sends a link by the channel named, to the address on file. What is still on its way there, or went within the last minute,
 * is not sent twice: it is what is given.
 */
export async function sendOnce(
  ctx: Ctx,
  tx: Executor,
  { link, token }: LinkAndToken,
  channel: Channel,
): Promise<MessageRow> {
  const { merchantId, id } = link;
  const recipient = addressFor(link, channel);
  const sending = recipient !== null && { merchantId, paymentLinkId: id, channel, recipient };
  const already = sending && (await findMessageOnItsWay(tx, sending, token.createdAt, REPEAT_SECONDS));
  if (already) return already;
  const message = await queueMessage(ctx, tx, link, channel);
  await audit(ctx, tx, 'payment_link.send', id, { channel });
  return message;
}

const BOOKKEEPING: readonly string[] = ['version', 'sequence', 'updatedAt'];

/** The fields of a link that changed, as they were before: the `previous` of an event. */
export function fieldsBefore(ctx: Ctx, before: LinkAndToken, after: LinkAndToken): Partial<PaymentLink> {
  const [old, now] = [before, after].map(({ link, token }) => paymentLinkView(ctx.config, link, token));
  const differs = ([key, value]: [string, unknown]) =>
    !BOOKKEEPING.includes(key) && JSON.stringify(value) !== JSON.stringify(now?.[key as keyof PaymentLink]);
  return Object.fromEntries(Object.entries(old ?? {}).filter(differs)) as Partial<PaymentLink>;
}

/** Ends the tries of a link that were never submitted: their tickets are good no more. */
export async function abandonTickets(ctx: Ctx, tx: Executor, id: string): Promise<void> {
  for (const attempt of await abandonCreated(tx, ctx.merchantId, id))
    await appendAttemptEvent(ctx, tx, 'payment_attempt.abandoned', attempt);
}

/** Pauses a link after too many tries or cards, until a member of staff lifts it. */
export async function lockSoftly(
  ctx: Ctx,
  tx: Executor,
  { link, token }: LinkAndToken,
  detail: string,
): Promise<void> {
  const key = { merchantId: ctx.merchantId, id: link.id };
  const changed = await changePaymentLink(tx, key, ['active', 'processing'], { access: 'locked' });
  const previous = { status: statusOf(link) };
  if (changed)
    await appendLinkEvent(ctx, tx, 'payment_link.locked', { link: changed, token }, { previous, detail });
}

/** Acts on links of all merchants one by one; one that throws is logged as `failure` and stops no other. How many there were. */
export async function onEachLink(
  services: Services,
  requestId: string,
  links: readonly Pick<PaymentLinkRow, 'merchantId' | 'id'>[],
  { act, failure }: { act: (ctx: Ctx, id: string) => Promise<unknown>; failure: string },
): Promise<number> {
  for (const { merchantId, id } of links) {
    try {
      await act(systemCtx(services, merchantId, requestId), id);
    } catch (error) {
      services.log.error(failure, { merchantId, paymentLink: id, error: errorText(error) });
    }
  }
  return links.length;
}

/** Changes a link that is held under its lock, whatever its access is: money is a fact when it comes. */
export async function changeHeldLink(
  tx: Executor,
  { merchantId, id }: PaymentLinkRow,
  to: LinkChange,
): Promise<PaymentLinkRow> {
  const changed = await changePaymentLink(tx, { merchantId, id }, LINK_ACCESS, to);
  if (!changed) throw new Error('a link is never missing under its lock');
  return changed;
}
