import * as z from 'zod';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { GATEWAYS } from '@/db/schema';
import { actorName, type Ctx } from '../context';
import { checkAddress } from '../egress/check-address';
import { isAdmitted, sealGatewaySecret, sealNotificationSecret } from '../gateways';
import { newId } from '../ids';

/** A key or secret as a gateway gives it: one word. */
export const secretWord = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{8,300}$/, { error: 'is one word of 8 to 300 characters, as your gateway gives it' });

export const accountFields = {
  gateway: z.enum(GATEWAYS),
  url: z.string().trim().min(1).max(500),
  apiKey: secretWord,
  notificationSecret: z.union([z.literal('').transform(() => null), secretWord]).default(null),
};
type AccountInput = z.output<z.ZodObject<typeof accountFields>>;

/** The account as it is kept, for a profile that may not be there yet; its address is judged first. */
export async function prepareAccount(ctx: Ctx, profileId: string, input: AccountInput) {
  const { gateway, apiKey, notificationSecret: secret } = input;
  if (!isAdmitted(ctx.config, gateway))
    return refuse('conflict', 'The sandbox gateway moves no money. It cannot be used in production.');
  const url: Outcome<string> = await checkAddress(ctx, 'url', input.url);
  if (!url.ok) return url;
  const { config, merchantId } = ctx;
  return ok({
    ...{ merchantId, id: newId('gatewayAccount'), profileId, gateway },
    gatewayUrl: url.value.replace(/\/+$/, ''),
    gatewaySecret: sealGatewaySecret(config, merchantId, profileId, apiKey),
    notificationSecret: secret && sealNotificationSecret(config, merchantId, profileId, secret),
    keySetBy: actorName(ctx.actor),
  });
}
