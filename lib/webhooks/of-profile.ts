import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import {
  changeEndpoint,
  type EndpointRow,
  findProfileEndpoint,
  insertEndpoint,
} from '@/db/queries/webhook-endpoints';
import type { Ctx } from '../context';
import type { CredentialsInput } from '../contracts/crm';
import { checkCredentials, keepCredentials } from '../crm/credentials';
import { checkAddress } from '../egress/check-address';
import type { Resolve } from '../egress/guard';
import { audit } from '../events/audit';
import { loadProfile } from '../form-lookups/internal';
import { newId } from '../ids';
import { transact } from '../transact';
import { checkSecret, JUDGED_ANEW, newSigner } from './internal';
import { newWebhookSecret } from './sign';

/** The endpoint of a kind that a profile is to have. `version` is the one that was read, null for the first. */
export type ProfileEndpointWish = {
  kind: 'write_back' | 'compatible';
  profile: string;
  version: number | null;
  url: string;
  method: EndpointRow['method'];
  types: string[];
  template: string | null;
  credentials: CredentialsInput;
  secret: string | undefined;
};
/** `secret` is the new signing secret, this once; null where the one before stays. */
export type SavedProfileEndpoint = { row: EndpointRow; secret: string | null };

/** Free text of such a wish is judged for card numbers; secrets are no free text. */
export const EXEMPT_OF_PROFILE = ['profile', 'secret', 'credentials.clientSecret', 'credentials.value'];

/** Judges where an endpoint of a profile is and how it is proved who asks; gives the address as it is kept. Asks outside. */
export async function judgeProfileEndpoint(
  ctx: Ctx,
  {
    url,
    secret,
    credentials,
  }: Pick<ProfileEndpointWish, 'url' | 'credentials'> & { secret?: string | undefined },
  resolve?: Resolve,
): Promise<Outcome<string>> {
  const usable = checkSecret(secret);
  if (!usable.ok) return usable;
  const judged = await checkAddress(ctx, 'url', url, resolve);
  if (!judged.ok) return judged;
  const proven = await checkCredentials(ctx, credentials, resolve);
  return proven.ok ? judged : proven;
}

/** Sets up an endpoint of a profile, or changes it: switched off and on, rotated, logged and sent again it is like every other. */
export const saveProfileEndpoint = (
  ctx: Ctx,
  wish: ProfileEndpointWish,
): Promise<Outcome<SavedProfileEndpoint>> =>
  transact(ctx, async (tx) => {
    const profile = await loadProfile(ctx, tx, wish.profile);
    if (!profile.ok) return profile;
    const which = { merchantId: ctx.merchantId, profileId: wish.profile, kind: wish.kind };
    const before = await findProfileEndpoint(tx, which, 'lock');
    if ((before?.version ?? null) !== wish.version)
      return refuse('version_mismatch', 'Somebody else has changed this meanwhile. Read it again.');
    return write(ctx, tx, wish, before);
  });

async function write(
  ctx: Ctx,
  tx: Executor,
  wish: ProfileEndpointWish,
  before: EndpointRow | undefined,
): Promise<Outcome<SavedProfileEndpoint>> {
  const { merchantId, config } = ctx;
  const { kind, profile: profileId, url, method, types, template, credentials } = wish;
  const key = { merchantId, id: before?.id ?? newId('webhookEndpoint') };
  const old = before?.credentials && before.url !== null ? { ...before, url: before.url } : null;
  const kept = keepCredentials(
    config.dataKey,
    { merchantId, of: 'write_back', id: key.id },
    { input: credentials, url },
    old && {
      url: old.url,
      credentials: old.credentials ?? { kind: 'signature' },
      credentialSecret: old.credentialSecret,
    },
  );
  if (!kept.ok) return kept;
  const values = { url, method, types, template, ...kept.value };
  const secret = before ? (wish.secret ?? null) : (wish.secret ?? newWebhookSecret());
  const signer = secret === null ? {} : newSigner(config.dataKey, key, secret);
  const moved = before && before.url !== url ? { ...JUDGED_ANEW, isSlow: false } : {};
  const row = before
    ? await changeEndpoint(tx, key, { ...values, ...signer, ...moved })
    : await insertEndpoint(tx, {
        ...{ ...key, kind, profileId, ...values },
        ...newSigner(config.dataKey, key, secret ?? newWebhookSecret()),
      });
  if (!row) throw new Error('the endpoint is held and yet not there');
  await audit(ctx, tx, `${kind}.save`, profileId, {
    endpoint: key.id,
    url,
    method,
    ends: types,
    credentials: credentials.kind,
    ...(before && before.url !== url && { previousUrl: before.url }),
  });
  return ok({ row, secret });
}
