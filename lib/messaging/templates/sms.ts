import { isGsm7, smsSize, smsText, toGsm7 } from '@/core/gsm7';
import { toDecimal } from '@/core/money';
import { amountInWords, formatShort, translator } from '../../i18n';
import type { PaymentRequest } from '../request';

/** What GSM-7 can write of a name; of one in another script nothing may be left. */
const writable = (name: string): string => [...toGsm7(name)].filter(isGsm7).join('').trim();

function amountText({ amountMinor, currency, locale }: PaymentRequest): string {
  const text = toGsm7(amountInWords({ amountMinor, currency }, locale));
  return amountMinor === null || isGsm7(text) ? text : `${currency} ${toDecimal({ amountMinor, currency })}`;
}

/** What a payment request may cost: one segment of GSM-7, or three where its language needs UCS-2 with less than half as much. */
const MOST_SEGMENTS = { gsm7: 1, ucs2: 3 };

/** The payment request; what the merchant adds stands before it, so that the address is the end. */
export function paymentRequestSms(request: PaymentRequest): string {
  const text = wordsOf(request);
  return request.note ? smsText(`${request.note}\n${text}`) : text;
}

/**
 * The payment request in as few SMS segments as its language needs. The merchant's name gives way until it fits, the address
 * never does; where even a name of one letter does not help, the whole name stays and the message takes a segment more.
 */
function wordsOf(request: PaymentRequest): string {
  const t = translator(request.locale);
  const kind = request.isReminder ? 'reminder' : 'request';
  const key = `sms.${request.isClosed ? 'closed' : 'payment'}_${kind}` as const;
  const { alphabet } = smsSize(smsText(t(key, { amount: '', deadline: '', url: '', merchant: '' })));
  const own = alphabet === 'gsm7' ? writable(request.merchant) : request.merchant;
  const name = own || new URL(request.url).hostname;
  const values = {
    amount: alphabet === 'gsm7' ? amountText(request) : amountInWords(request, request.locale),
    deadline: formatShort(request.payBy, request.locale, request.timeZone),
    url: request.url,
  };
  const write = (merchant: string): string => smsText(t(key, { ...values, merchant }));
  const whole = write(name);
  const letters = [...name];
  for (let length = letters.length; length > 0; length -= 1) {
    const short = letters.slice(0, length).join('').trimEnd();
    const text = length === letters.length ? whole : write(`${short}.`);
    if (smsSize(text).segments <= MOST_SEGMENTS[alphabet]) return text;
  }
  return whole;
}

/** A sender name that networks take: at most 11 letters, digits and blanks. */
export const smsSender = (merchant: string): string =>
  toGsm7(merchant)
    .replace(/[^A-Za-z0-9 ]/g, '')
    .slice(0, 11)
    .trim() || 'Payments';
