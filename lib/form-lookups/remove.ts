import { type Outcome, ok } from '@/core/outcome';
import { deleteFormLookup } from '@/db/queries/form-lookups';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { audit } from '../events/audit';
import { transact } from '../transact';
import { loadProfile } from './internal';

/** Takes the form lookup of a profile away, with its secrets. Its log stays for its 30 days. */
export async function removeFormLookup(ctx: Ctx, profile: string): Promise<Outcome<{ removed: boolean }>> {
  const allowed = authorizeVerified(ctx, 'payment_profiles:write');
  if (!allowed.ok) return allowed;
  return transact(ctx, async (tx) => {
    const found = await loadProfile(ctx, tx, profile);
    if (!found.ok) return found;
    const row = await deleteFormLookup(tx, { merchantId: ctx.merchantId, profileId: profile });
    if (row) await audit(ctx, tx, 'form_lookup.remove', profile, { url: row.url });
    return ok({ removed: row !== undefined });
  });
}
