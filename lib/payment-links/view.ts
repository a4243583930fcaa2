import type { LinkTokenClaims } from '@/core/link-token';
import { statusOf } from '@/core/payment-link';
import type { LinkTokenRow, PaymentLinkRow } from '@/db/queries/payment-links';
import type { Config } from '../context';
import type { PaymentLink } from '../contracts/payment-links';
import { mintLinkToken } from '../link-tokens';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Of a token's row, what its address is made from. */
export type Opening = Pick<LinkTokenRow, 'merchantId' | 'id' | 'keyId' | 'origin' | 'expiresAt'>;

/** False once the key that a token was made with has been taken away: its address opens nothing any more. */
export const hasAddress = (config: Config, token: Pick<Opening, 'keyId'>): boolean =>
  config.linkTokenKeys.byId.has(token.keyId);

export const claimsOf = (token: Opening): LinkTokenClaims => ({
  keyId: token.keyId,
  merchantId: token.merchantId,
  tokenId: token.id,
  expiresAtSeconds: Math.floor(token.expiresAt.getTime() / 1000),
});

/** The domain that an address is given with: the merchant's own, while this installation serves it. */
export const originOf = (
  { portalUrl, payOrigins }: Config,
  { origin }: Pick<LinkTokenRow, 'origin'>,
): string => (origin !== null && payOrigins.includes(origin) ? origin : portalUrl);

/** The address a payer opens, made again from the token's row; never logged. Without its key one that opens nothing. */
export function payUrl(config: Config, token: Opening): string {
  if (!hasAddress(config, token)) return `${originOf(config, token)}/pay/reissue-needed`;
  return `${originOf(config, token)}/pay/${mintLinkToken(config.linkTokenKeys, claimsOf(token))}`;
}

/** A link's row as the API, the screens and the events tell it. */
export function paymentLinkView(config: Config, link: PaymentLinkRow, token: LinkTokenRow): PaymentLink {
  return {
    id: link.id,
    object: 'payment_link',
    url: payUrl(config, token),
    status: statusOf(link),
    version: link.version,
    sequence: link.sequence,
    livemode: link.livemode,
    amountMinor: link.amountMinor,
    currency: link.currency,
    amountType: link.amountType,
    minAmountMinor: link.minAmountMinor,
    maxAmountMinor: link.maxAmountMinor,
    capturedMinor: link.capturedMinor,
    refundedMinor: link.refundedMinor,
    disputedMinor: link.disputedMinor,
    description: link.description,
    reference: link.reference,
    profile: link.profileId,
    customer: {
      name: link.customerName,
      email: link.customerEmail,
      phone: link.customerPhone,
      locale: link.locale,
      timeZone: link.customerTimeZone,
    },
    lineItems: link.lineItems,
    challenge: link.challenge && { kind: link.challenge },
    phrase: link.phrase,
    locale: link.locale,
    returnUrl: link.returnUrl,
    callbackUrl: link.callbackUrl,
    metadata: link.metadata,
    createdBy: { kind: link.createdByKind, id: link.createdById, name: link.createdByName },
    createdAt: link.createdAt.toISOString(),
    updatedAt: link.updatedAt.toISOString(),
    expiresAt: link.expiresAt.toISOString(),
    openedAt: iso(link.openedAt),
    paidAt: iso(link.paidAt),
    canceledAt: iso(link.canceledAt),
  };
}
