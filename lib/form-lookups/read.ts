import { type Outcome, ok } from '@/core/outcome';
import { findFormLookup, listLookupProfiles } from '@/db/queries/form-lookups';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { FormLookup } from '../contracts/form-lookups';
import { executor } from '../transact';
import { formLookupView, loadProfile } from './internal';

/** The form lookup of a profile, without its secrets; null where none is set up. */
export async function readFormLookup(ctx: Ctx, profile: string): Promise<Outcome<FormLookup | null>> {
  const allowed = authorize(ctx, 'payment_profiles:read');
  if (!allowed.ok) return allowed;
  const found = await loadProfile(ctx, executor(ctx), profile);
  if (!found.ok) return found;
  const row = await findFormLookup(executor(ctx), { merchantId: ctx.merchantId, profileId: profile });
  return ok(row ? formLookupView(row) : null);
}

/** The profiles on which whoever issues a link can look up the form. */
export async function listLookupChoices(ctx: Ctx): Promise<Outcome<string[]>> {
  const allowed = authorize(ctx, 'payment_links:create');
  return allowed.ok ? ok(await listLookupProfiles(executor(ctx), ctx.merchantId)) : allowed;
}
