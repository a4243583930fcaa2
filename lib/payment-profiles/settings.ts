import * as z from 'zod';
import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { NEW_LINK_RULES, type NewLinkRule } from '@/core/payment-link';
import { findProfile, listAllProfiles, type ProfileRow, setNewLinkRule } from '@/db/queries/merchants';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { audit } from '../events/audit';
import { parseInput } from '../parse';
import { executor, transact } from '../transact';

/** A payment profile as staff see it; nothing of its gateway's secrets. */
export type ProfileSettings = {
  id: string;
  object: 'payment_profile';
  name: string;
  isDefault: boolean;
  enabled: boolean;
  newLinkRule: NewLinkRule;
  /** The last day (UTC) that was balanced. */
  balancedThrough: string | null;
};

export const settingsView = (row: ProfileRow): ProfileSettings => ({
  id: row.id,
  object: 'payment_profile',
  name: row.name,
  isDefault: row.isDefault,
  enabled: row.enabled,
  newLinkRule: row.newLinkRule,
  balancedThrough: row.balancedThrough,
});

/** Every payment profile of this merchant, switched off ones too, the default first. */
export async function listProfileSettings(ctx: Ctx): Promise<Outcome<ProfileSettings[]>> {
  const allowed = authorize(ctx, 'payment_profiles:read');
  if (!allowed.ok) return allowed;
  return ok((await listAllProfiles(executor(ctx), ctx.merchantId)).map(settingsView));
}

/** One payment profile of this merchant. */
export async function readProfileSettings(ctx: Ctx, id: string): Promise<Outcome<ProfileSettings>> {
  const allowed = authorize(ctx, 'payment_profiles:read');
  if (!allowed.ok) return allowed;
  const row = isId('profile', id) ? await findProfile(executor(ctx), ctx.merchantId, id) : undefined;
  return row ? ok(settingsView(row)) : refuse('not_found', 'There is no such payment profile.');
}

const changeNewLinkRuleInput = z.strictObject({
  profile: z.string().max(64),
  newLinkRule: z.enum(NEW_LINK_RULES),
});

/** What happens when the payer of an expired link asks for a new one: sent at once, decided by staff, or not offered. */
export async function changeNewLinkRule(ctx: Ctx, raw: unknown): Promise<Outcome<ProfileSettings>> {
  const allowed = authorize(ctx, 'payment_profiles:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(changeNewLinkRuleInput, raw);
  if (!parsed.ok) return parsed;
  const { profile: id, newLinkRule } = parsed.value;
  const missing = refuse('not_found', 'There is no such payment profile.');
  if (!isId('profile', id)) return missing;
  return transact(ctx, async (tx) => {
    const before = await findProfile(tx, ctx.merchantId, id);
    if (!before) return missing;
    if (before.newLinkRule === newLinkRule) return ok(settingsView(before));
    const after = await setNewLinkRule(tx, before, newLinkRule);
    if (!after) return refuse('conflict', 'Somebody else has just changed this. Look at it anew.');
    await audit(ctx, tx, 'payment_profile.update', id, {
      newLinkRule: { from: before.newLinkRule, to: newLinkRule },
    });
    return ok(settingsView(after));
  });
}
