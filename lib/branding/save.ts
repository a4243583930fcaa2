import { contrast, GROUNDS, LEAST_OF_SHAPES, nearestSeen } from '@/core/accent';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { type BrandingChange, changeBranding, deleteOldLogos, insertLogo } from '@/db/queries/branding';
import { findMerchant, type MerchantRow } from '@/db/queries/merchants';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { type Branding, saveBrandingInput } from '../contracts/branding';
import { audit } from '../events/audit';
import { parseInput, refuseField } from '../parse';
import { transact } from '../transact';
import { type LogoImage, readLogo } from './logo';
import { brandingOf } from './look';

/**
 * Sets how the merchant looks to payers. `file`: a new logo; null takes it away, undefined leaves it. Another's change is
 * never overwritten unseen.
 */
export async function saveBranding(
  ctx: Ctx,
  raw: unknown,
  file?: Uint8Array | null,
): Promise<Outcome<Branding>> {
  const allowed = authorize(ctx, 'branding:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(saveBrandingInput, raw);
  if (!parsed.ok) return parsed;
  const { version, ...wanted } = parsed.value;
  const seen = checkAccent(wanted.accent);
  if (!seen.ok) return seen;
  const logo = file ? await readLogo(file) : ok(file);
  if (!logo.ok) return logo;
  return transact(ctx, async (tx) => {
    const before = await findMerchant(tx, ctx.merchantId);
    if (!before) return refuse('not_found', 'There is no such merchant.');
    if (logo.value) {
      const { hash, image } = logo.value;
      await insertLogo(tx, { merchantId: ctx.merchantId, hash, image });
    }
    const to = { ...wanted, ...logoColumns(before, logo.value) };
    const after = await changeBranding(tx, { id: before.id, brandingVersion: version }, to);
    if (!after)
      return refuse('version_mismatch', 'Somebody else has changed the branding since you opened it.');
    await deleteOldLogos(tx, ctx.merchantId, after.logoHash);
    await audit(ctx, tx, 'branding.update', String(ctx.merchantId), changes(before, to));
    return ok(brandingOf(after));
  });
}

/** An accent nobody would see on the light page is refused, with the nearest that is seen. The dark page gets its own. */
function checkAccent(accent: string | null): Outcome<true> {
  if (accent === null) return ok(true);
  const nearest = nearestSeen(accent, 'light');
  if (nearest === accent) return ok(true);
  const ratio = Math.floor(contrast(accent, GROUNDS.light.page) * 10) / 10;
  return refuseField(
    'accent',
    `is too pale to be seen on the light page: its contrast is ${ratio} to 1, and ${LEAST_OF_SHAPES} to 1 is needed. The nearest that is seen is ${nearest}.`,
  );
}

const NO_LOGO = { logoHash: null, logoWidth: null, logoHeight: null };

function logoColumns(before: MerchantRow, logo: LogoImage | null | undefined) {
  if (logo === null) return NO_LOGO;
  if (logo) return { logoHash: logo.hash, logoWidth: logo.width, logoHeight: logo.height };
  const { logoHash, logoWidth, logoHeight } = before;
  return { logoHash, logoWidth, logoHeight };
}

/** What is another than before, with both, for the record. */
const changes = (before: MerchantRow, to: BrandingChange): Record<string, unknown> =>
  Object.fromEntries(
    (['name', 'accent', 'footer', 'logoHash'] as const)
      .filter((field) => before[field] !== to[field])
      .map((field) => [field, { from: before[field], to: to[field] }]),
  );
