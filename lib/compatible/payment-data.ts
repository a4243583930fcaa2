import { exponentOf, isCurrency, parseAmount } from '@/core/money';
import type { SessionKind } from '@/core/payment-session';
import type { PaymentData } from '../contracts/compatible';
import { phone } from '../contracts/payment-links';
import type { CreatePaymentSessionInput } from '../contracts/payment-sessions';
import { refused, type Told } from './errors';

type Wish = Omit<CreatePaymentSessionInput, 'kind' | 'agent'>;

/**
 * A decimal of major units as machines write it ("12.40") to minor units; null when it is no exact amount of that currency.
 * Stricter than what people may type: "1.000" JPY is a thousand to some, and refused.
 */
export function minorOf(amount: string, currency: string): number | null {
  const most = exponentOf(currency);
  const isPlain = /^\d{1,15}(\.\d+)?$/.test(amount) && (amount.split('.')[1]?.length ?? 0) <= most;
  const minor = isPlain ? parseAmount(amount, currency) : null;
  return minor === null || minor === 0 ? null : minor;
}

/** A telephone number as that API writes it, digits with or without a plus, to one with a plus. */
const withPlus = (text: string): string => `+${text.replace(/^\s*(\+|00)?/, '').replace(/[^\d]/g, '')}`;

export const isPhone = (text: string): boolean => phone.safeParse(withPlus(text)).success;

/** What paymentData says of a link, in our words. Names that are left empty count as left out. */
export function wishOf(kind: SessionKind, data: PaymentData): Told<Wish> {
  const text = (name: string): string | undefined => data[name]?.trim() || undefined;
  const currency = text('Currency')?.toUpperCase();
  if (currency === undefined || !isCurrency(currency))
    return refused('INVALID_REQUEST', 'paymentData.Currency: must be an ISO 4217 currency in use, like GBP');
  const amount = text('Amount');
  const amountMinor = amount === undefined ? null : minorOf(amount, currency);
  if (amountMinor === null)
    return refused(
      'AMOUNT_INVALID',
      `paymentData.Amount: must be a decimal in major units with at most ${exponentOf(currency)} decimals of ${currency}, and more than nothing`,
    );
  const name = [text('FirstName'), text('Surname')].filter((part) => part !== undefined).join(' ');
  const email = text('Email');
  const number = phoneOf(kind, text('CustomerPhoneNumber'));
  const reference = text('MerchantReferenceCode');
  const customer = { ...(name && { name }), ...(email && { email }), ...(number && { phone: number }) };
  return { ok: true, value: { amountMinor, currency, customer, ...(reference && { reference }) } };
}

/** Where no link goes out, a number that cannot be used is no reason to refuse the payment. */
function phoneOf(kind: SessionKind, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return kind === 'digital' || isPhone(text) ? withPlus(text) : undefined;
}
