import { type Outcome, ok, refuse } from '@/core/outcome';
import { isPayable, type LinkStatus, statusOf } from '@/core/payment-link';
import type { MessageState } from '@/core/retry-schedule';
import type { Executor } from '@/db/client';
import { readNow } from '@/db/clock';
import { findChallenge } from '@/db/queries/challenges';
import { findMerchant, type MerchantRow } from '@/db/queries/merchants';
import { findMessage, type MessageRow } from '@/db/queries/messages';
import { reopenReminder } from '@/db/queries/reminders';
import type { Ctx } from '../context';
import type { Providers, SendResult } from '../messaging/port';
import { smsSender } from '../messaging/templates/sms';
import { optedOut } from '../opt-outs/internal';
import { appendLinkEvent, type LinkAndToken, loadLink } from '../payment-links/internal';
import { hasAddress } from '../payment-links/view';
import { executor, transact } from '../transact';
import { advanceMessage, markSent } from './internal';
import { type Written, writeMessage } from './write';

/** Why a link in a state is not sent. */
const isNow = (status: LinkStatus): string => `the link is ${status.replaceAll('_', ' ')}`;
const [BEING_PAID, LOCKED] = [isNow('processing'), isNow('locked')];

/** The provider could not say yes or no: the job is to be run again, later. */
export class SendAgain extends Error {}

/**
 * Sends a queued message, unless its link can no longer be paid. For the worker. A crash between the provider's yes and
 * our commit sends again: the message's id goes along as the reference, and a provider that honours it drops the repeat.
 * Throws SendAgain when it is not decided; on the `lastTry` the message ends as undelivered instead.
 */
export async function sendMessage(
  ctx: Ctx,
  id: string,
  providers: Providers,
  lastTry: boolean,
): Promise<Outcome<MessageState>> {
  const tx = executor(ctx);
  const message = await findMessage(tx, { merchantId: ctx.merchantId, id });
  if (!message) return refuse('not_found', 'There is no such message.');
  if (message.state !== 'queued') return ok(message.state);
  const found = await loadLink(ctx, tx, message.paymentLinkId, 'read');
  const merchant = await findMerchant(tx, ctx.merchantId);
  if (!found.ok || !merchant) throw new Error('a message has its link and its merchant');
  const { link, token } = found.value;
  const pointless = hasAddress(ctx.config, token)
    ? ((await optedOut(ctx, tx, message)) ?? (await reasonNotToSend(tx, message, found.value)))
    : 'the key of its address is gone';
  if (pointless) return settle(ctx, message, 'suppressed', pointless);
  const written = await writeMessage(ctx.config, tx, message, { link, token, merchant });
  const result = await dispatch(providers, message, written, merchant, await readNow(tx));
  if (result.kind === 'accepted') return settle(ctx, message, 'sent');
  const failed = message.channel === 'email' && result.kind === 'rejected' ? 'bounced' : 'undelivered';
  if (result.kind === 'rejected') return settle(ctx, message, failed, result.reason);
  if (!lastTry) throw new SendAgain(result.reason);
  return settle(ctx, message, failed, `given up: ${result.reason}`);
}

/**
 * A link that cannot be paid any more is not sent; one that is being paid, or is locked for now, is, but not reminded of. A
 * passcode is not that its page no longer takes; it opens a receipt as well. A receipt always is: money that came, came.
 */
async function reasonNotToSend(
  tx: Executor,
  message: MessageRow,
  { link, token }: LinkAndToken,
): Promise<string | null> {
  if (message.template === 'passcode') {
    const challenge = await findChallenge(tx, link);
    return challenge?.hasPasscode ? null : 'the passcode has expired';
  }
  if (message.template === 'receipt') return null;
  const status = statusOf(link);
  const isReminder = message.template === 'reminder';
  if (isReminder && message.createdAt < token.createdAt) return 'the link was issued anew';
  const payable = isPayable(link) || (!isReminder && ['processing', 'locked'].includes(status));
  return payable ? null : isNow(status);
}

async function dispatch(
  providers: Providers,
  { id: reference, recipient: to }: MessageRow,
  written: Written,
  merchant: MerchantRow,
  at: Date,
): Promise<SendResult> {
  const { name: fromName, contactEmail: replyTo } = merchant;
  return written.channel === 'sms'
    ? providers.sms.send({ to, from: smsSender(fromName), text: written.text, reference })
    : providers.mail.send({ ...written.letter, to, fromName, replyTo, reference, at });
}

/** Held back for a payment or a lock that may end without money, it comes again after it; else it is left out. */
async function skipReminder(ctx: Ctx, tx: Executor, found: LinkAndToken, reason: string | null) {
  const mayPass = reason === BEING_PAID || reason === LOCKED;
  if (mayPass && (await reopenReminder(tx, ctx.merchantId, found.token.id))) return;
  await appendLinkEvent(ctx, tx, 'reminder.skipped', found, { ...(reason && { detail: reason }) });
}

/** Writes the outcome unless a report of the provider has overtaken us. */
async function settle(
  ctx: Ctx,
  message: MessageRow,
  to: 'sent' | 'suppressed' | 'undelivered' | 'bounced',
  reason?: string,
): Promise<Outcome<MessageState>> {
  return transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, message.paymentLinkId, 'lock');
    if (!found.ok) return found;
    if (to === 'sent') await markSent(ctx, tx, found.value, message.id);
    else {
      const moved = await advanceMessage(ctx, tx, message.id, 'queued', to, reason);
      if (moved?.template === 'reminder' && to === 'suppressed')
        await skipReminder(ctx, tx, found.value, reason ?? null);
    }
    const now = await findMessage(tx, { merchantId: ctx.merchantId, id: message.id });
    return ok(now?.state ?? to);
  });
}
