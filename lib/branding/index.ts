import { type Outcome, ok, refuse } from '@/core/outcome';
import { findLogo } from '@/db/queries/branding';
import { findMerchant, findMerchantAt } from '@/db/queries/merchants';
import { authorize } from '../authorize';
import type { Ctx, Services } from '../context';
import type { Branding, Logo, Look } from '../contracts/branding';
import { executor } from '../transact';
import { readLogo } from './logo';
import { brandingOf, lookOf } from './look';

/** How the merchant looks whose domain that is, or the only one of this installation: for pages that are of no link. */
export async function lookAt({ db, config }: Services, origin: string): Promise<Look | null> {
  const merchant = await findMerchantAt(db, origin === config.portalUrl ? null : origin);
  return merchant ? lookOf(merchant) : null;
}

export { lookOf } from './look';
export { previewBranding } from './preview';
export { saveBranding } from './save';

/** How this merchant looks to payers, for who may change it. */
export async function readBranding(ctx: Ctx): Promise<Outcome<Branding>> {
  const allowed = authorize(ctx, 'branding:write');
  if (!allowed.ok) return allowed;
  const merchant = await findMerchant(executor(ctx), ctx.merchantId);
  return merchant ? ok(brandingOf(merchant)) : refuse('not_found', 'There is no such merchant.');
}

/** A picture as payers would get it, for the preview. Nothing is kept. */
export async function tryLogo(ctx: Ctx, file: Uint8Array): Promise<Outcome<Logo>> {
  const allowed = authorize(ctx, 'branding:write');
  if (!allowed.ok) return allowed;
  const read = await readLogo(file);
  if (!read.ok) return read;
  const { image, width, height } = read.value;
  return ok({ src: `data:image/webp;base64,${Buffer.from(image).toString('base64')}`, width, height });
}

/** The picture behind `/brand/{merchant}/{hash}`, for anybody; null where there is none. */
export async function readPublicLogo(
  { db }: Pick<Services, 'db'>,
  merchant: string,
  hash: string,
): Promise<Uint8Array | null> {
  if (!/^[1-9]\d{0,11}$/.test(merchant) || !/^[\w-]{43}$/.test(hash)) return null;
  return (await findLogo(db, Number(merchant), hash)) ?? null;
}
