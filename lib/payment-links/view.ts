import { statusOf } from '@/core/payment-link';
import type { LinkTokenRow, PaymentLinkRow } from '@/db/queries/payment-links';
import type { Config } from '../context';
import type { PaymentLink } from '../contracts/payment-links';
import { mintLinkToken } from '../link-tokens';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** The address a payer opens. Made again from the token's row; never stored, never logged. */
export function payUrl(config: Config, token: LinkTokenRow): string {
  const text = mintLinkToken(config.linkTokenKeys, {
    keyId: token.keyId,
    merchantId: token.merchantId,
    tokenId: token.id,
    expiresAtSeconds: Math.floor(token.expiresAt.getTime() / 1000),
  });
  return `${config.portalUrl}/pay/${text}`;
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
    amountType: 'fixed',
    capturedMinor: link.capturedMinor,
    refundedMinor: link.refundedMinor,
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
    phrase: link.phrase,
    locale: link.locale,
    returnUrl: link.returnUrl,
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
