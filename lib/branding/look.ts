import type { MerchantRow } from '@/db/queries/merchants';
import type { Branding, Logo, Look } from '../contracts/branding';

const logoOf = ({ id, logoHash, logoWidth, logoHeight }: MerchantRow): Logo | null =>
  logoHash === null || logoWidth === null || logoHeight === null
    ? null
    : { src: `/brand/${id}/${logoHash}`, width: logoWidth, height: logoHeight };

/** How a merchant looks to payers. */
export const lookOf = (merchant: MerchantRow): Look => ({
  name: merchant.name,
  accent: merchant.accent,
  footer: merchant.footer,
  logo: logoOf(merchant),
});

export const brandingOf = (merchant: MerchantRow): Branding => ({
  ...lookOf(merchant),
  version: merchant.brandingVersion,
});
