import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import type { FormLookupRow } from '@/db/queries/form-lookups';
import { findProfile, listProfiles, type ProfileRow } from '@/db/queries/merchants';
import type { Ctx } from '../context';
import type { FormLookup } from '../contracts/form-lookups';
import { seal, unseal } from '../crypto';
import type { KeyRing } from '../key-ring';

type Owner = { merchantId: number; profileId: string };
export const lookupContext = ({ merchantId, profileId }: Owner): string =>
  `form_lookup_secret:${merchantId}:${profileId}`;

export const sealLookupSecret = (dataKey: KeyRing, owner: Owner, secret: string): string =>
  seal(dataKey, secret, lookupContext(owner));
export const unsealLookupSecret = (dataKey: KeyRing, row: FormLookupRow): string =>
  unseal(dataKey, row.secret, lookupContext(row));

export const formLookupView = (row: FormLookupRow): FormLookup => ({
  profile: row.profileId,
  url: row.url,
  credentials: row.credentials,
  mapping: row.mapping,
  enabled: row.enabled,
  payerAsks: row.payerAsks,
  version: row.version,
  updatedAt: row.updatedAt.toISOString(),
});

/** A profile of this merchant by its id; another merchant's is simply not there. */
export async function loadProfile(ctx: Ctx, tx: Executor, id: string): Promise<Outcome<ProfileRow>> {
  const row = isId('profile', id) ? await findProfile(tx, ctx.merchantId, id) : undefined;
  return row ? ok(row) : refuse('not_found', 'There is no such payment profile.');
}

/** The profile that a link would be issued on: by id or name, or the default. */
export async function profileFor(
  ctx: Ctx,
  tx: Executor,
  wanted: string | undefined,
): Promise<ProfileRow | undefined> {
  const profiles = await listProfiles(tx, ctx.merchantId);
  return profiles.find(({ id, name, isDefault }) =>
    wanted === undefined ? isDefault : id === wanted || name === wanted,
  );
}
