import { brandName } from '@/core/card-rules';
import type { Locale } from '@/core/messages';
import { formatMoney } from '@/core/money';
import { isSettled, nextPayment } from '@/core/payment-link';
import { receiptNumber } from '@/core/receipt';
import type { MerchantRow } from '@/db/queries/merchants';
import type { Issuer, ReceiptEntry } from '@/db/queries/pay-page';
import type { PaymentAttemptRow } from '@/db/queries/payment-attempts';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import { dateLocale, formatMoment, type Translate, translator } from '../i18n';

/** A link with all that came in and was given back. */
export type Subject = {
  link: PaymentLinkRow;
  merchant: MerchantRow;
  issuer: Issuer;
  attempts: readonly PaymentAttemptRow[];
  entries: readonly ReceiptEntry[];
  locale: Locale;
};

export type Fact = { label: string; value: string };
/** Money that moved, with when and how. */
type Moved = { amount: string; at: string; card: string | null };
export type Item = { description: string; detail: string; tax: string | null; amount: string };

/** A receipt in its payer's words: page, PDF and mail tell the same. */
export type Receipt = {
  locale: Locale;
  title: string;
  number: Fact;
  merchant: string;
  /** Where the merchant is, how to reach it, and its number for taxes. */
  about: string[];
  testMode: string | null;
  heading: string;
  amount: string;
  lead: string;
  isGivenBack: boolean;
  /** What it is for. */
  facts: Fact[];
  items: { title: string; rows: Item[]; sums: Fact[] } | null;
  /** When it was all there, and with which card where one payment did it. */
  date: Fact | null;
  card: Fact | null;
  payments: { title: string; rows: Moved[] };
  isWhole: boolean;
  refunds: (Moved & Fact)[];
  balance: Fact | null;
};

const isIn = ({ kind }: ReceiptEntry): boolean => kind === 'payment';

const fact = (label: string, value: string | null): Fact | null => (value ? { label, value } : null);
/** Those that are there. */
export const present = (facts: (Fact | null)[]): Fact[] => facts.flatMap((one) => one ?? []);

/** The receipt of a link that money came for; null while there is none. */
export function receiptOf(subject: Subject): Receipt | null {
  const { link, merchant, issuer, entries, locale } = subject;
  const payments = entries.filter(isIn).map((entry) => moved(subject, entry));
  if (payments.length === 0) return null;
  const t = translator(locale);
  const isOver = isSettled(link);
  const whole = isOver && payments.length === 1 ? payments[0] : undefined;
  const isGivenBack = link.refundedMinor > 0 && link.refundedMinor >= link.capturedMinor;
  const amount = money(subject, link.capturedMinor);
  const rest = link.access === 'canceled' ? null : nextPayment(link);
  const given = t('state.paid.given_back');
  return {
    locale,
    title: t('receipt.title'),
    number: { label: t('state.paid.number'), value: receiptNumber(link.id) },
    merchant: merchant.name,
    about: [
      ...(issuer.postalAddress?.split('\n') ?? []),
      merchant.contactEmail,
      merchant.contactPhone,
      issuer.taxNumber && `${t('receipt.tax_number')}: ${issuer.taxNumber}`,
    ].flatMap((line) => line || []),
    testMode: merchant.livemode ? null : t('page.test_mode'),
    heading: t(isGivenBack ? 'state.paid.refunded_title' : isOver ? 'state.paid.title' : 'state.paid.so_far'),
    amount,
    lead: t(isGivenBack ? 'state.paid.refunded_lead' : 'state.paid.lead', {
      merchant: merchant.name,
      amount,
    }),
    isGivenBack,
    facts: present([fact(t('page.for'), link.description), fact(t('page.reference'), link.reference)]),
    items: itemsOf(subject, t),
    date: fact(t('state.paid.date'), link.paidAt ? moment(subject, link.paidAt) : (whole?.at ?? null)),
    card: fact(t('state.paid.card'), whole?.card ?? null),
    payments: { title: t(isOver ? 'state.paid.parts' : 'state.paid.so_far'), rows: payments },
    isWhole: whole !== undefined,
    refunds: entries
      .filter((entry) => !isIn(entry))
      .map((entry) => ({ ...moved(subject, entry), label: given, value: money(subject, entry.amountMinor) })),
    balance: fact(t('amount.remaining'), rest && money(subject, rest.maxMinor)),
  };
}

const money = ({ link, locale }: Subject, amountMinor: number): string =>
  formatMoney({ amountMinor, currency: link.currency }, locale);

const moment = ({ link, merchant, locale }: Subject, at: Date): string =>
  formatMoment(at, locale, link.customerTimeZone ?? merchant.timeZone);

function moved(subject: Subject, { amountMinor, at, paymentAttemptId }: ReceiptEntry): Moved {
  const { brand, last4 } = subject.attempts.find((one) => one.id === paymentAttemptId) ?? {};
  const t = translator(subject.locale);
  return {
    amount: money(subject, amountMinor),
    at: moment(subject, at),
    card: brand && last4 ? t('state.paid.card_value', { brand: brandName(brand), last4 }) : null,
  };
}

/** The line items, each with its tax where that was given, their sum and the tax in it. */
function itemsOf(subject: Subject, t: Translate): Receipt['items'] {
  const { lineItems } = subject.link;
  if (!lineItems) return null;
  const count = new Intl.NumberFormat(dateLocale(subject.locale));
  const sums = { all: 0, tax: 0 };
  const rows = lineItems.map(({ description, quantity, unitAmountMinor, taxMinor }): Item => {
    const amountMinor = quantity * unitAmountMinor + (taxMinor ?? 0);
    sums.all += amountMinor;
    sums.tax += taxMinor ?? 0;
    return {
      description,
      detail: `${count.format(quantity)} × ${money(subject, unitAmountMinor)}`,
      tax: taxMinor === undefined ? null : `${t('receipt.tax')} ${money(subject, taxMinor)}`,
      amount: money(subject, amountMinor),
    };
  });
  const isTaxed = lineItems.some(({ taxMinor }) => taxMinor !== undefined);
  return {
    title: t('receipt.items'),
    rows,
    sums: present([
      fact(t('receipt.total'), money(subject, sums.all)),
      isTaxed ? fact(t('receipt.tax_total'), money(subject, sums.tax)) : null,
    ]),
  };
}
