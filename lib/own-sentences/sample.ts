import type { Locale } from '@/core/messages';
import type { MerchantRow } from '@/db/queries/merchants';
import type { Config } from '../context';
import type { PaymentRequest } from '../messaging/request';

const DAY_MS = 86_400_000;
export const SAMPLE = { customer: 'Ada Byron', reference: 'INV-2041' } as const;

type What = { locale: Locale; isReminder: boolean; note: string | null };

/** A payment request of this merchant whose customer, amount, end and address are made up. */
export const sampleRequest = (
  { portalUrl }: Config,
  merchant: MerchantRow,
  now: Date,
  what: What,
): PaymentRequest => ({
  ...what,
  merchant: merchant.name,
  accent: merchant.accent,
  footer: merchant.footer,
  contact: merchant.contactPhone ?? merchant.contactEmail,
  url: `${merchant.payOrigin ?? portalUrl}/pay/${'A'.repeat(58)}`,
  unsubscribeUrl: null,
  isClosed: false,
  amountMinor: 4250,
  currency: 'EUR',
  description: null,
  reference: SAMPLE.reference,
  customerName: SAMPLE.customer,
  phrase: 'amber falcon',
  payBy: new Date(now.getTime() + 3 * DAY_MS),
  timeZone: merchant.timeZone,
});
