import { asLocale, type Locale } from '@/core/messages';
import { fillSentence, type SentenceKind } from '@/core/own-sentence';
import { askedMinor } from '@/core/payment-link';
import type { Executor } from '@/db/client';
import { findChallenge } from '@/db/queries/challenges';
import type { MerchantRow } from '@/db/queries/merchants';
import type { MessageRow } from '@/db/queries/messages';
import { findOwnSentence } from '@/db/queries/own-sentences';
import { readPayPageRows } from '@/db/queries/pay-page';
import type { Config } from '../context';
import { passcodeOf } from '../link-tokens/challenge';
import { mintUnsubscribe } from '../link-tokens/unsubscribe';
import type { Passcode, PaymentRequest, ReceiptNews, Sender } from '../messaging/request';
import type { Letter } from '../messaging/templates/letter';
import { passcodeMail, passcodeSms } from '../messaging/templates/passcode';
import { paymentRequestMail } from '../messaging/templates/payment-request';
import { receiptMail } from '../messaging/templates/receipt';
import { paymentRequestSms } from '../messaging/templates/sms';
import type { LinkAndToken } from '../payment-links/internal';
import { originOf, payUrl } from '../payment-links/view';
import { present, receiptOf } from '../receipts/words';

/** A message in words, ready for its provider. */
export type Written = { channel: 'sms'; text: string } | { channel: 'email'; letter: Letter };

type Subject = LinkAndToken & { merchant: MerchantRow };

/** Puts a message into words, now that it is sent: neither an address nor a passcode is kept in one. */
export async function writeMessage(
  config: Config,
  tx: Executor,
  { id, merchantId, template, channel }: MessageRow,
  subject: Subject,
): Promise<Written> {
  if (template === 'receipt')
    return { channel: 'email', letter: await receiptMail(await receiptNewsOf(config, tx, subject)) };
  if (template !== 'passcode') {
    const isReminder = template === 'reminder';
    const token =
      isReminder && channel === 'email' && mintUnsubscribe(config.linkTokenKeys, { merchantId, message: id });
    const unsubscribeUrl = token ? `${originOf(config, subject.token)}/unsubscribe/${token}` : null;
    const note = await noteFor(tx, subject, isReminder ? 'reminder' : 'request');
    const request = { ...paymentRequestOf(config, subject), note, isReminder, unsubscribeUrl };
    return channel === 'sms'
      ? { channel, text: paymentRequestSms(request) }
      : { channel, letter: await paymentRequestMail(request) };
  }
  const passcode = await passcodeFor(config, tx, subject);
  return channel === 'sms'
    ? { channel, text: passcodeSms(passcode) }
    : { channel, letter: await passcodeMail(passcode) };
}

const localeOf = ({ link, merchant }: Subject): Locale =>
  asLocale(link.locale) ?? asLocale(merchant.locale) ?? 'en';

/** What the merchant adds; of a link with a challenge, nothing that names it or its customer. */
async function noteFor(tx: Executor, subject: Subject, kind: SentenceKind): Promise<string | null> {
  const { link } = subject;
  const key = { merchantId: link.merchantId, kind, locale: localeOf(subject) };
  const text = (await findOwnSentence(tx, key))?.text;
  const isClosed = link.challenge !== null;
  const values = {
    customer: isClosed ? null : link.customerName,
    reference: isClosed ? null : link.reference,
  };
  return text ? fillSentence(text, values) : null;
}

const senderOf = (config: Config, subject: Subject): Sender => ({
  locale: localeOf(subject),
  merchant: subject.merchant.name,
  accent: subject.merchant.accent,
  footer: subject.merchant.footer,
  contact: subject.merchant.contactPhone ?? subject.merchant.contactEmail,
  url: payUrl(config, subject.token),
});

/** A link as its customer is told of it: of one with a challenge, nothing that its page would not show before the answer. */
function paymentRequestOf(
  config: Config,
  subject: Subject,
): Omit<PaymentRequest, 'note' | 'isReminder' | 'unsubscribeUrl'> {
  const { link, merchant } = subject;
  const isClosed = link.challenge !== null;
  return {
    ...senderOf(config, subject),
    isClosed,
    amountMinor: askedMinor(link),
    currency: link.currency,
    description: isClosed ? null : link.description,
    reference: isClosed ? null : link.reference,
    customerName: isClosed ? null : link.customerName,
    phrase: link.phrase,
    payBy: link.expiresAt,
    timeZone: link.customerTimeZone ?? merchant.timeZone,
  };
}

/** The receipt as it stands now; of a link with a challenge, no more than that there is one. */
async function receiptNewsOf(config: Config, tx: Executor, subject: Subject): Promise<ReceiptNews> {
  const sender = senderOf(config, subject);
  const rows = await readPayPageRows(tx, subject.link.merchantId, subject.token.id);
  const receipt = rows && receiptOf({ ...rows, locale: sender.locale });
  if (!receipt) throw new Error('a receipt tells of money that came');
  const { number, facts, date, card, refunds, balance, amount, lead } = receipt;
  const isClosed = subject.link.challenge !== null;
  const told = present([number, ...facts, date, card, ...refunds, balance]);
  const note = await noteFor(tx, subject, 'receipt');
  return { ...sender, note, isClosed, amount, lead, facts: isClosed ? [number] : told };
}

/** The passcode that is right now: one that waited is sent as the one that came after it. */
async function passcodeFor(config: Config, tx: Executor, subject: Subject): Promise<Passcode> {
  const { merchantId, id: paymentLinkId } = subject.link;
  const challenge = await findChallenge(tx, { merchantId, id: paymentLinkId });
  if (!challenge) throw new Error('a passcode has its challenge');
  const { keyId } = subject.token;
  const claims = { keyId, merchantId, paymentLinkId, counter: challenge.passcodes };
  return { ...senderOf(config, subject), code: passcodeOf(config.linkTokenKeys, claims) };
}
