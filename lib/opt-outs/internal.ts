import { createHmac } from 'node:crypto';
import { OPT_OUT_REASONS, type OptOutWay, optOutAddress } from '@/core/opt-outs';
import type { Channel } from '@/core/payment-link';
import type { MessageTemplate } from '@/core/retry-schedule';
import type { Executor } from '@/db/client';
import { changeOptOut, findOptOut, hideAddress, lockOptOut, type OptOutRow } from '@/db/queries/opt-outs';
import { actorName, type Ctx, type Services } from '../context';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { keptKey } from '../kept-keys';

/** Where messages go. */
export type Address = { channel: Channel; recipient: string };

/** The spellings under which a wish may stand: the address, or what is left of it once its owner is erased. */
async function keyOf(
  { config }: Pick<Services, 'config'>,
  tx: Executor,
  merchantId: number,
  { channel, recipient }: Address,
) {
  const address = optOutAddress(channel, recipient);
  const erased = createHmac('sha256', await keptKey(tx, config, 'opt_outs'))
    .update(`opt_out:${merchantId}:${channel}:${address}`)
    .digest('base64url');
  return { merchantId, channel, address, erased: `erased:${erased}` };
}

/** The opt-out that holds for an address, if any. */
export const optOutOf = async (
  services: Pick<Services, 'config'>,
  tx: Executor,
  merchantId: number,
  to: Address,
) => findOptOut(tx, await keyOf(services, tx, merchantId, to));

/** The wish of an address stands, but no longer tells whose it is. */
export async function hideOptOut(ctx: Ctx, tx: Executor, to: Address): Promise<void> {
  await hideAddress(tx, await keyOf(ctx, tx, ctx.merchantId, to));
}

/**
 * What a message is not sent for, in words, or null. An opt-out of SMS stops all but a passcode, which somebody has just asked for
 * by a press; one of e-mail stops reminders.
 */
export async function optedOut(
  services: Pick<Services, 'config'>,
  tx: Executor,
  message: Address & { merchantId: number; template: MessageTemplate },
): Promise<string | null> {
  const { merchantId, channel, template } = message;
  if (channel === 'email' ? template !== 'reminder' : template === 'passcode') return null;
  const found = await optOutOf(services, tx, merchantId, message);
  return found ? OPT_OUT_REASONS[found.how] : null;
}

const lock = async (ctx: Ctx, tx: Executor, to: Address, how: OptOutWay) =>
  lockOptOut(tx, { ...(await keyOf(ctx, tx, ctx.merchantId, to)), id: newId('optOut'), how });

/** A word that was written before the newest one undoes nothing: carriers repeat, and overtake themselves. */
const isOld = ({ saidAt }: OptOutRow, at: Date | null): boolean =>
  at !== null && saidAt !== null && at <= saidAt;

/** Nothing more is wanted at an address. What the person says stands over what staff noted. `at`: when it was written. */
export async function optOut(
  ctx: Ctx,
  tx: Executor,
  to: Address,
  how: OptOutWay,
  at: Date | null = null,
): Promise<void> {
  const row = await lock(ctx, tx, to, how);
  if (isOld(row, at)) return;
  const saidAt = at ?? row.saidAt;
  const isNew = row.liftedAt !== null || (row.how === 'staff' && how !== 'staff');
  if (!isNew) return changeOptOut(tx, row, { saidAt });
  await changeOptOut(tx, row, { how, byName: how === 'staff' ? actorName(ctx.actor) : null, saidAt }, true);
  await audit(ctx, tx, 'opt_out.create', row.id, { channel: to.channel, how });
}

/** Messages are wanted again at an address. Staff lift what staff noted alone; a person lifts all. */
export async function liftOptOut(
  ctx: Ctx,
  tx: Executor,
  to: Address,
  how: OptOutWay,
  at: Date | null = null,
): Promise<void> {
  const row = await lock(ctx, tx, to, how);
  if (isOld(row, at)) return;
  const saidAt = at ?? row.saidAt;
  if (row.liftedAt || (how === 'staff' && row.how !== how)) return changeOptOut(tx, row, { saidAt });
  await changeOptOut(tx, row, { saidAt }, false);
  await audit(ctx, tx, 'opt_out.lift', row.id, { channel: to.channel, how: row.how });
}
