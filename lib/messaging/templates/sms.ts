import { smsSize, toGsm7 } from '@/core/gsm7';
import { toDecimal } from '@/core/money';
import { amountInWords, formatShort, translator } from '../../i18n';
import type { PaymentRequest } from '../request';

const isGsm7 = (text: string): boolean => smsSize(text).alphabet === 'gsm7';

/** What GSM-7 can write of a name; of one in another script nothing may be left. */
const writable = (name: string): string => [...toGsm7(name)].filter(isGsm7).join('').trim();

function amountText({ amountMinor, currency, locale }: PaymentRequest): string {
  const text = toGsm7(amountInWords({ amountMinor, currency }, locale));
  return amountMinor === null || isGsm7(text) ? text : `${currency} ${toDecimal({ amountMinor, currency })}`;
}

/**
 * The payment request in one SMS segment of GSM-7. The merchant's name gives way until it fits, the address never does;
 * where even a name of one letter does not help, the whole name stays and the message takes two segments.
 */
export function paymentRequestSms(request: PaymentRequest): string {
  const t = translator(request.locale);
  const name = writable(request.merchant) || new URL(request.url).hostname;
  const values = {
    amount: amountText(request),
    deadline: toGsm7(formatShort(request.payBy, request.locale, request.timeZone)),
    url: request.url,
  };
  const kind = request.isReminder ? 'reminder' : 'request';
  const key = `sms.${request.isClosed ? 'closed' : 'payment'}_${kind}` as const;
  const write = (merchant: string): string => toGsm7(t(key, { ...values, merchant }));
  const whole = write(name);
  for (let short = name; short.length > 0; short = short.slice(0, -1)) {
    const text = write(short === name ? name : `${short.trimEnd()}.`);
    if (smsSize(text).segments === 1) return text;
  }
  return whole;
}

/** A sender name that networks take: at most 11 letters, digits and blanks. */
export const smsSender = (merchant: string): string =>
  toGsm7(merchant)
    .replace(/[^A-Za-z0-9 ]/g, '')
    .slice(0, 11)
    .trim() || 'Payments';
