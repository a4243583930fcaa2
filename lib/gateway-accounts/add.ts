import * as z from 'zod';
import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { insertGatewayAccount, insertProfile } from '@/db/queries/installation';
import { findProfile, listAllProfiles, lockProfiles, pointProfile } from '@/db/queries/merchants';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { plain } from '../contracts/text';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { parseInput } from '../parse';
import { NAME_TAKEN } from '../payment-profiles';
import { transact } from '../transact';
import { accountFields, prepareAccount } from './input';

const addInput = z.strictObject({ ...accountFields, profile: z.string().max(64) });

/** Adds an account to a profile. New payments go to it from now on; what was begun stays where it is. */
export async function addGatewayAccount(ctx: Ctx, raw: unknown): Promise<Outcome<string>> {
  const allowed = authorizeVerified(ctx, 'gateways:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(addInput, raw);
  if (!parsed.ok) return parsed;
  const { profile: profileId, ...input } = parsed.value;
  const row = await prepareAccount(ctx, profileId, input);
  if (!row.ok) return row;
  return transact(ctx, async (tx) => {
    await lockProfiles(tx, ctx.merchantId);
    const profile = isId('profile', profileId) && (await findProfile(tx, ctx.merchantId, profileId));
    if (!profile) return refuse('not_found', 'There is no such payment profile.');
    const { id: gatewayAccountId, gatewayUrl: url, gateway } = row.value;
    await insertGatewayAccount(tx, row.value);
    await pointProfile(tx, profile, { gatewayAccountId });
    await audit(ctx, tx, 'gateway_account.create', gatewayAccountId, { profile: profileId, gateway, url });
    const data = { from: profile.gatewayAccountId, to: gatewayAccountId };
    await audit(ctx, tx, 'payment_profile.switch_account', profileId, { account: data });
    return ok(gatewayAccountId);
  });
}

const createInput = z.strictObject({ ...accountFields, name: plain(60), captureAtOnce: z.boolean() });

/** Makes a payment profile with its account. The first of a merchant is the default. */
export async function createPaymentProfile(ctx: Ctx, raw: unknown): Promise<Outcome<string>> {
  const allowed = authorizeVerified(ctx, 'gateways:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(createInput, raw);
  if (!parsed.ok) return parsed;
  const { name, captureAtOnce, ...input } = parsed.value;
  const id = newId('profile');
  const row = await prepareAccount(ctx, id, input);
  if (!row.ok) return row;
  return transact(ctx, async (tx) => {
    await lockProfiles(tx, ctx.merchantId);
    const all = await listAllProfiles(tx, ctx.merchantId);
    if (all.some((one) => one.name === name)) return NAME_TAKEN;
    await insertGatewayAccount(tx, row.value);
    const { merchantId } = ctx;
    const gatewayAccountId = row.value.id;
    const isDefault = all.length === 0;
    await insertProfile(tx, { merchantId, id, name, isDefault, captureAtOnce, gatewayAccountId });
    const { gateway, gatewayUrl: url } = row.value;
    await audit(ctx, tx, 'payment_profile.create', id, { name, captureAtOnce, gateway, url });
    return ok(id);
  });
}
