import { and, eq, ne, sql } from 'drizzle-orm';
import type { Executor } from '../client';
import { logos, merchants } from '../schema';
import type { MerchantRow } from './merchants';

export type BrandingChange = Pick<
  MerchantRow,
  'name' | 'accent' | 'footer' | 'logoHash' | 'logoWidth' | 'logoHeight'
>;

/** Compare-and-set: undefined when the branding is not of this version any more. */
export async function changeBranding(
  tx: Executor,
  { id, brandingVersion }: Pick<MerchantRow, 'id' | 'brandingVersion'>,
  to: BrandingChange,
): Promise<MerchantRow | undefined> {
  const rows = await tx
    .update(merchants)
    .set({ ...to, brandingVersion: brandingVersion + 1 })
    .where(and(eq(merchants.id, id), eq(merchants.brandingVersion, brandingVersion)))
    .returning();
  return rows[0];
}

/** Keeps a logo; one that is there already is the same. */
export async function insertLogo(tx: Executor, logo: typeof logos.$inferInsert): Promise<void> {
  await tx.insert(logos).values(logo).onConflictDoNothing();
}

/** Deletes the logos of a merchant, but the one in use and those of the last day. */
export async function deleteOldLogos(tx: Executor, merchantId: number, inUse: string | null): Promise<void> {
  const isOld = sql`${logos.createdAt} < cf_now() - interval '1 day'`;
  await tx.delete(logos).where(and(eq(logos.merchantId, merchantId), ne(logos.hash, inUse ?? ''), isOld));
}

export async function findLogo(
  tx: Executor,
  merchantId: number,
  hash: string,
): Promise<Uint8Array | undefined> {
  const found = and(eq(logos.merchantId, merchantId), eq(logos.hash, hash));
  return (await tx.select({ image: logos.image }).from(logos).where(found))[0]?.image;
}
