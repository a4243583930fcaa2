import { asLocale } from '@/core/messages';
import type { MerchantRow } from '@/db/queries/merchants';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import type { Config } from '../context';
import { newId } from '../ids';
import type { PayPage } from './open';

const DAY_MS = 86_400_000;
const AMOUNT_MINOR = 4_250;

const SHOWN = {
  access: 'active',
  amountType: 'fixed',
  amountMinor: AMOUNT_MINOR,
  ceilingMinor: AMOUNT_MINOR,
  currency: 'GBP',
  description: 'Two walking sticks',
  reference: 'INV-2041',
  channels: ['email'],
  phrase: 'amber otter',
} as const;

const NOTHING = {
  sessionId: null,
  batchId: null,
  minAmountMinor: null,
  maxAmountMinor: null,
  heldMinor: 0,
  refundedMinor: 0,
  disputedMinor: 0,
  lineItems: null,
  customerName: null,
  customerEmail: null,
  customerPhone: null,
  customerTimeZone: null,
  challenge: null,
  returnUrl: null,
  callbackUrl: null,
  createdById: null,
  openedAt: null,
  canceledAt: null,
  unlockedAt: null,
  lookedUpAt: null,
  lookupOutcome: null,
} as const;

const linkOf = (merchant: MerchantRow, now: Date, paidAt: Date | null): PaymentLinkRow => ({
  ...NOTHING,
  ...SHOWN,
  channels: [...SHOWN.channels],
  merchantId: merchant.id,
  id: newId('paymentLink'),
  profileId: newId('profile'),
  capturedMinor: paidAt ? AMOUNT_MINOR : 0,
  locale: merchant.locale,
  metadata: {},
  livemode: merchant.livemode,
  version: 1,
  sequence: 1,
  createdByKind: 'system',
  createdByName: merchant.name,
  createdAt: now,
  updatedAt: now,
  expiresAt: new Date(now.getTime() + 3 * DAY_MS),
  paidAt,
  warnings: 0,
  reissues: 0,
  expired: false,
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
    isShown: true,
    pass: null,
    question: null,
  };
}
