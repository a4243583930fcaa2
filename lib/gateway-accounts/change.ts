import * as z from 'zod';
import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import { readNow } from '@/db/clock';
import {
  changeGatewayAccount,
  findGatewayAccount,
  type GatewayAccountRow,
} from '@/db/queries/gateway-accounts';
import { findProfile, lockProfiles, pointProfile } from '@/db/queries/merchants';
import { authorizeVerified } from '../authorize';
import { actorName, type Ctx } from '../context';
import { audit } from '../events/audit';
import { isAdmitted, notificationSecrets, sealGatewaySecret, sealNotificationSecret } from '../gateways';
import { parseInput } from '../parse';
import { transact } from '../transact';
import { secretWord } from './input';

export const NO_ACCOUNT = refuse('not_found', 'There is no such gateway account.');

/** Does something about an account, of which only one thing is done at a time. */
const atAccount = (
  ctx: Ctx,
  id: string,
  work: (tx: Executor, account: GatewayAccountRow) => Promise<Outcome<true>>,
): Promise<Outcome<true>> =>
  transact(ctx, async (tx) => {
    await lockProfiles(tx, ctx.merchantId);
    const account = isId('gatewayAccount', id) ? await findGatewayAccount(tx, ctx.merchantId, id) : undefined;
    return account ? work(tx, account) : NO_ACCOUNT;
  });

const keyInput = z.strictObject({ account: z.string().max(64), apiKey: secretWord });

/** The account's key is this one from now on, also for what was begun there before. */
export async function replaceGatewayKey(ctx: Ctx, raw: unknown): Promise<Outcome<true>> {
  const allowed = authorizeVerified(ctx, 'gateways:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(keyInput, raw);
  if (!parsed.ok) return parsed;
  return atAccount(ctx, parsed.value.account, async (tx, account) => {
    const { merchantId, profileId } = account;
    await changeGatewayAccount(tx, account, {
      gatewaySecret: sealGatewaySecret(ctx.config, merchantId, profileId, parsed.value.apiKey),
      keySetAt: await readNow(tx),
      keySetBy: actorName(ctx.actor),
      testedAt: null,
      testFault: null,
    });
    await audit(ctx, tx, 'gateway_account.replace_key', account.id);
    return ok(true);
  });
}

const secretInput = z.strictObject({
  account: z.string().max(64),
  /** Null: no new one, so that only the old one ends. */
  secret: z.union([z.literal('').transform(() => null), secretWord]),
  keepOld: z.boolean(),
});

/** What verifies the gateway's notifications: a new secret beside the newest before, or alone. Without a new one the older ends. */
export async function setNotificationSecret(ctx: Ctx, raw: unknown): Promise<Outcome<true>> {
  const allowed = authorizeVerified(ctx, 'gateways:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(secretInput, raw);
  if (!parsed.ok) return parsed;
  const { secret, keepOld } = parsed.value;
  return atAccount(ctx, parsed.value.account, async (tx, account) => {
    const [newest] = notificationSecrets(ctx.config, account);
    const kept = [secret, ...(secret === null || keepOld ? [newest] : [])].filter((one) => one);
    if (kept.length === 0) return refuse('invalid', 'Give the secret that your gateway shows.');
    await changeGatewayAccount(tx, account, {
      notificationSecret: sealNotificationSecret(
        ctx.config,
        account.merchantId,
        account.profileId,
        kept.join(' '),
      ),
    });
    await audit(ctx, tx, 'gateway_account.set_notification_secret', account.id, { secrets: kept.length });
    return ok(true);
  });
}

/** New payments of the account's profile go to it from now on; what was begun stays where it is. */
export async function switchGatewayAccount(ctx: Ctx, id: string): Promise<Outcome<true>> {
  const allowed = authorizeVerified(ctx, 'gateways:write');
  if (!allowed.ok) return allowed;
  return atAccount(ctx, id, async (tx, account) => {
    if (!isAdmitted(ctx.config, account.gateway))
      return refuse('conflict', 'The sandbox gateway moves no money. It cannot be used in production.');
    const profile = await findProfile(tx, ctx.merchantId, account.profileId);
    if (!profile) return NO_ACCOUNT;
    if (profile.gatewayAccountId === id) return ok(true);
    await pointProfile(tx, profile, { gatewayAccountId: id });
    const data = { from: profile.gatewayAccountId, to: id };
    await audit(ctx, tx, 'payment_profile.switch_account', profile.id, { account: data });
    return ok(true);
  });
}
