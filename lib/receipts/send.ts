import { type Outcome, ok, refuse } from '@/core/outcome';
import { SECONDS_BETWEEN_RECEIPTS } from '@/core/receipt';
import type { Executor } from '@/db/client';
import { findChallenge } from '@/db/queries/challenges';
import { findProfile } from '@/db/queries/merchants';
import { listLinkMessages, type MessageRow } from '@/db/queries/messages';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import type { Ctx } from '../context';
import { audit } from '../events/audit';
import { queueMessages } from '../messages/queue';
import { loadLink } from '../payment-links/internal';
import { transact } from '../transact';

/** Where the receipt of a link goes by e-mail; `isSent`: it did within the hour. */
export type ReceiptMail = { address: string; isSent: boolean };

/**
 * What went to the e-mail address on file; null where no receipt goes there: money has not come, mail came back, or the passcode
 * that opens the page goes the same way.
 */
async function mailsOf(tx: Executor, link: PaymentLinkRow): Promise<MessageRow[] | null> {
  const { merchantId, id, customerEmail } = link;
  if (!customerEmail || link.capturedMinor === 0) return null;
  if (link.challenge && (await findChallenge(tx, link))?.channel === 'email') return null;
  const all = await listLinkMessages(tx, merchantId, id);
  const mails = all.filter(({ recipient }) => recipient === customerEmail);
  return mails.some(({ state }) => state === 'bounced') ? null : mails;
}

/** Whether a receipt can be had by e-mail: to the address on file alone, once an hour. */
export async function receiptMailOf(tx: Executor, link: PaymentLinkRow): Promise<ReceiptMail | null> {
  const { customerEmail: address, now } = link;
  const mails = await mailsOf(tx, link);
  if (!address || !mails) return null;
  const last = mails.findLast(({ template }) => template === 'receipt');
  if (!last || now.getTime() - last.createdAt.getTime() >= SECONDS_BETWEEN_RECEIPTS * 1000)
    return { address, isSent: false };
  return ['queued', 'sent', 'delivered'].includes(last.state) ? { address, isSent: true } : null;
}

const queue = (ctx: Ctx, tx: Executor, link: PaymentLinkRow) =>
  queueMessages(ctx, tx, [{ link, channel: 'email', template: 'receipt' }]);

/** Money has come: the receipt is put on its way in the same transaction, so once, unless the profile leaves that to payers. */
export async function sendReceipt(ctx: Ctx, tx: Executor, link: PaymentLinkRow): Promise<void> {
  if (!(await mailsOf(tx, link))) return;
  if ((await findProfile(tx, ctx.merchantId, link.profileId))?.receiptMail) await queue(ctx, tx, link);
}

/** A payer asks on the page for the receipt by e-mail. What is on its way, or went within the hour, is not sent again. */
export async function resendReceipt(ctx: Ctx, id: string): Promise<Outcome<true>> {
  return transact(ctx, async (tx) => {
    const found = await loadLink(ctx, tx, id, 'lock');
    if (!found.ok) return found;
    const mail = await receiptMailOf(tx, found.value.link);
    if (!mail) return refuse('rate_limited', 'The receipt cannot be sent here now.');
    if (mail.isSent) return ok(true);
    await queue(ctx, tx, found.value.link);
    await audit(ctx, tx, 'payment_link.send_receipt', id, {});
    return ok(true);
  });
}
