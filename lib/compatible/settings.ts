import { type Outcome, ok } from '@/core/outcome';
import { listAllProfiles, lockProfiles, setCompatibility } from '@/db/queries/merchants';
import { findProfileEndpoint } from '@/db/queries/webhook-endpoints';
import { authorize, authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import {
  type Compatibility,
  changeCompatibilityInput,
  saveCompatibleWebhookInput,
} from '../contracts/compatible';
import type { Resolve } from '../egress/guard';
import { audit } from '../events/audit';
import { loadProfile } from '../form-lookups/internal';
import { parseInput, refuseField } from '../parse';
import { type Act, executor, perform, transact } from '../transact';
import { EXEMPT_OF_PROFILE, judgeProfileEndpoint, saveProfileEndpoint } from '../webhooks/of-profile';
import { webhookEndpointView } from '../webhooks/view';
import { SESSION_END_EVENTS } from './tell';

/** Whether a profile can be asked in the words of the Vonage Payment API, under which id, and where it tells the ends. */
export async function readCompatibility(ctx: Ctx, profile: string): Promise<Outcome<Compatibility>> {
  const allowed = authorize(ctx, 'payment_profiles:read');
  if (!allowed.ok) return allowed;
  const tx = executor(ctx);
  const found = await loadProfile(ctx, tx, profile);
  if (!found.ok) return found;
  const { merchantId, vccCompatible: enabled, vccConfigurationId: configurationId } = found.value;
  const row = await findProfileEndpoint(tx, { merchantId, profileId: profile, kind: 'compatible' });
  const webhook = row && {
    endpoint: webhookEndpointView(ctx.config, row),
    credentials: row.credentials ?? { kind: 'signature' as const },
  };
  return ok({ enabled, configurationId, webhook: webhook ?? null });
}

/** Makes a profile an account configuration of that API, or no longer one. An id that another profile has is refused. */
export async function changeCompatibility(ctx: Ctx, raw: unknown): Promise<Outcome<Compatibility>> {
  const allowed = authorizeVerified(ctx, 'payment_profiles:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(changeCompatibilityInput, raw, ['profile', 'configurationId']);
  if (!parsed.ok) return parsed;
  const { profile, enabled, configurationId } = parsed.value;
  return transact(ctx, async (tx) => {
    await lockProfiles(tx, ctx.merchantId);
    const before = await loadProfile(ctx, tx, profile);
    if (!before.ok) return before;
    const { vccCompatible, vccConfigurationId } = before.value;
    const profiles = await listAllProfiles(tx, ctx.merchantId);
    const taken = profiles.filter(({ id }) => id !== profile).map((other) => other.vccConfigurationId);
    const wanted = configurationId ?? vccConfigurationId ?? (enabled ? nextId(taken) : null);
    if (wanted !== null && taken.includes(wanted))
      return refuseField('configurationId', 'is the id of another payment profile');
    await setCompatibility(tx, before.value, { vccCompatible: enabled, vccConfigurationId: wanted });
    await audit(ctx, tx, 'payment_profile.update', profile, {
      vccCompatible: { from: vccCompatible, to: enabled },
      vccConfigurationId: { from: vccConfigurationId, to: wanted },
    });
    return readCompatibility({ ...ctx, tx }, profile);
  });
}

/** That API numbers account configurations: the first number that is free. */
function nextId(taken: readonly (string | null)[]): string {
  let next = 1;
  while (taken.includes(String(next))) next++;
  return String(next);
}

/** `secret` is the new signing secret, this once; null where there was a webhook already. */
export type SavedCompatibility = Compatibility & { secret: string | null };

/** Judges where an account configuration is to tell its ends; what it gives sets that up, or changes it. */
export async function prepareCompatibleWebhook(
  ctx: Ctx,
  raw: unknown,
  resolve?: Resolve,
): Promise<Outcome<Act<SavedCompatibility>>> {
  const allowed = authorizeVerified(ctx, 'payment_profiles:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(saveCompatibleWebhookInput, raw, EXEMPT_OF_PROFILE);
  if (!parsed.ok) return parsed;
  const { secret, ...input } = parsed.value;
  const url = await judgeProfileEndpoint(ctx, parsed.value, resolve);
  if (!url.ok) return url;
  return ok(async (inner) => {
    const saved = await saveProfileEndpoint(inner, {
      ...input,
      ...{ kind: 'compatible', url: url.value, method: 'POST', types: [...SESSION_END_EVENTS] },
      ...{ template: null, secret },
    });
    if (!saved.ok) return saved;
    const now = await readCompatibility(inner, input.profile);
    return now.ok ? ok({ ...now.value, secret: saved.value.secret }) : now;
  });
}

/** Sets up where an account configuration tells its ends, or changes it: an endpoint of a kind of its own, as a write-back is. */
export const saveCompatibleWebhook = (
  ctx: Ctx,
  ...wish: [raw: unknown, resolve?: Resolve]
): Promise<Outcome<SavedCompatibility>> => perform(ctx, (outer) => prepareCompatibleWebhook(outer, ...wish));
