import { asLocale } from '@/core/messages';
import { askedMinor } from '@/core/payment-link';
import type { MerchantRow } from '@/db/queries/merchants';
import type { LinkTokenRow, PaymentLinkRow } from '@/db/queries/payment-links';
import type { Config } from '../context';
import type { PaymentRequest } from '../messaging/request';
import { payUrl } from '../payment-links/view';

/** A link as its customer is told of it. */
export const paymentRequestOf = (
  config: Config,
  link: PaymentLinkRow,
  token: LinkTokenRow,
  merchant: MerchantRow,
): PaymentRequest => ({
  locale: asLocale(link.locale) ?? asLocale(merchant.locale) ?? 'en',
  merchant: merchant.name,
  contact: merchant.contactPhone ?? merchant.contactEmail,
  amountMinor: askedMinor(link),
  currency: link.currency,
  description: link.description,
  reference: link.reference,
  customerName: link.customerName,
  phrase: link.phrase,
  payBy: link.expiresAt,
  timeZone: link.customerTimeZone ?? merchant.timeZone,
  url: payUrl(config, token),
});
