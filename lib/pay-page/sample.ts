import { asLocale } from '@/core/messages';
import type { MerchantRow } from '@/db/queries/merchants';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import type { Config } from '../context';
import { newId } from '../ids';
import { BLANK } from './blank';
import type { PayPage } from './open';

const DAY_MS = 86_400_000;
const AMOUNT_MINOR = 4_250;

const SHOWN = {
  amountMinor: AMOUNT_MINOR,
  ceilingMinor: AMOUNT_MINOR,
  currency: 'GBP',
  description: 'Two walking sticks',
  reference: 'INV-2041',
  channels: ['email'],
  phrase: 'amber otter',
} as const;

const linkOf = (merchant: MerchantRow, now: Date, paidAt: Date | null): PaymentLinkRow => ({
  ...BLANK,
  ...SHOWN,
  channels: [...SHOWN.channels],
  merchantId: merchant.id,
  id: newId('paymentLink'),
  profileId: newId('profile'),
  capturedMinor: paidAt ? AMOUNT_MINOR : 0,
  locale: merchant.locale,
  livemode: merchant.livemode,
  sequence: 1,
  createdByName: merchant.name,
  createdAt: now,
  updatedAt: now,
  expiresAt: new Date(now.getTime() + 3 * DAY_MS),
  paidAt,
  now,
});

/** A page of a merchant that is of no link, to look at: to be paid, or the receipt. */
export function samplePage(
  { portalUrl }: Pick<Config, 'portalUrl'>,
  merchant: MerchantRow,
  state: 'ready' | 'paid',
  now: Date,
): PayPage {
  const paidAt = state === 'paid' ? now : null;
  const payment = {
    kind: 'payment',
    amountMinor: AMOUNT_MINOR,
    at: now,
    paymentAttemptId: newId('paymentAttempt'),
  } as const;
  return {
    state,
    link: linkOf(merchant, now, paidAt),
    merchant,
    locale: asLocale(merchant.locale) ?? 'en',
    attempt: null,
    attempts: [],
    entries: paidAt ? [payment] : [],
    origin: merchant.payOrigin ?? portalUrl,
    live: true,
    details: null,
    asking: null,
    sentTo: [],
    issuer: { postalAddress: null, taxNumber: null },
    receiptMail: null,
    isShown: true,
    pass: null,
    question: null,
  };
}
