import { randomUUID } from 'node:crypto';
import { idFromUuid } from '@/core/ids';
import type { Locale } from '@/core/messages';
import type { MerchantRow } from '@/db/queries/merchants';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import type { Config } from '../context';
import { mintLinkToken } from '../link-tokens';
import { BLANK } from './blank';
import type { PayPage } from './open';

/** The number of no merchant: a token that carries it leads to the page that is looked at to see whether it was changed. */
export const SYSTEM_MERCHANT = 0;

const NOW = new Date('2099-12-30T00:00:00Z');
const EXPIRES_AT = new Date('2100-01-01T00:00:00Z');

/** That page at every origin where payers are shown theirs: other addresses at each call. */
export function systemLinks({
  portalUrl,
  payOrigins,
  linkTokenKeys,
}: Pick<Config, 'portalUrl' | 'payOrigins' | 'linkTokenKeys'>): string[] {
  const token = mintLinkToken(linkTokenKeys, {
    keyId: linkTokenKeys.signing,
    merchantId: SYSTEM_MERCHANT,
    tokenId: randomUUID(),
    expiresAtSeconds: EXPIRES_AT.getTime() / 1000,
  });
  return [portalUrl, ...payOrigins].map((origin) => `${origin}/pay/${token}`);
}

/**
 * A page that can be paid, of no link: the same templates, script, frame and headers as any payer's, the same words each time, wherever it is opened.
 * It is no row, so it stands in no list, ledger or event; its address is not live, so it begins nothing.
 */
export const systemPage = (locale: Locale, origin: string): PayPage => ({
  state: 'ready',
  link: LINK,
  merchant: MERCHANT,
  locale,
  attempt: null,
  attempts: [],
  entries: [],
  origin,
  live: false,
  details: null,
  asking: null,
  sentTo: [],
  issuer: { postalAddress: null, taxNumber: null },
  receiptMail: null,
  isShown: true,
  pass: null,
  question: null,
});

const MERCHANT: MerchantRow = {
  id: SYSTEM_MERCHANT,
  name: 'Counterfoil',
  contactEmail: 'nobody@counterfoil.example',
  contactPhone: null,
  timeZone: 'UTC',
  locale: 'en',
  livemode: true,
  returnUrls: [],
  apiEnabled: false,
  buttonEnabled: false,
  breakerUntil: null,
  payOrigin: null,
  accent: null,
  footer: null,
  logoHash: null,
  logoWidth: null,
  logoHeight: null,
  brandingVersion: 1,
  createdAt: NOW,
};

const LINK: PaymentLinkRow = {
  ...BLANK,
  merchantId: SYSTEM_MERCHANT,
  id: idFromUuid('paymentLink', '00000000-0000-0000-0000-000000000000'),
  profileId: idFromUuid('profile', '00000000-0000-0000-0000-000000000000'),
  amountMinor: 1000,
  ceilingMinor: 1000,
  currency: 'EUR',
  description: null,
  reference: null,
  customerTimeZone: 'UTC',
  locale: 'en',
  channels: [],
  phrase: 'signed page',
  livemode: true,
  sequence: 0,
  createdByName: 'Counterfoil',
  createdAt: NOW,
  updatedAt: NOW,
  expiresAt: EXPIRES_AT,
  now: NOW,
};
