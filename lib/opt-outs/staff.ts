import * as z from 'zod';
import { OPT_OUT_REASONS } from '@/core/opt-outs';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { CHANNELS } from '@/core/payment-link';
import type { Executor } from '@/db/client';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { parseInput, refuseField } from '../parse';
import { addressFor, loadLink } from '../payment-links/internal';
import { transact } from '../transact';
import { type Address, liftOptOut, optOut, optOutOf } from './internal';

const input = z.strictObject({ paymentLink: z.string().max(64), channel: z.enum(CHANNELS) });

/** The address of a link's customer that is spoken of: staff name the link, never an address. */
async function addressOf(ctx: Ctx, tx: Executor, raw: unknown): Promise<Outcome<Address>> {
  const parsed = parseInput(input, raw, ['paymentLink']);
  if (!parsed.ok) return parsed;
  const { paymentLink, channel } = parsed.value;
  const found = await loadLink(ctx, tx, paymentLink, 'read');
  if (!found.ok) return found;
  const recipient = addressFor(found.value.link, channel);
  return recipient
    ? ok({ channel, recipient })
    : refuseField('channel', `the link has no address for ${channel}`);
}

/** Notes that a customer has told staff that they want no more messages. */
export async function noteOptOut(ctx: Ctx, raw: unknown): Promise<Outcome<true>> {
  const allowed = authorize(ctx, 'payment_links:send');
  if (!allowed.ok) return allowed;
  return transact(ctx, async (tx) => {
    const to = await addressOf(ctx, tx, raw);
    if (!to.ok) return to;
    await optOut(ctx, tx, to.value, 'staff');
    return ok(true);
  });
}

/** Lifts what staff noted. What the person said is theirs alone to take back. */
export async function liftNotedOptOut(ctx: Ctx, raw: unknown): Promise<Outcome<true>> {
  const allowed = authorize(ctx, 'opt_outs:lift');
  if (!allowed.ok) return allowed;
  return transact(ctx, async (tx) => {
    const to = await addressOf(ctx, tx, raw);
    if (!to.ok) return to;
    await liftOptOut(ctx, tx, to.value, 'staff');
    const left = await optOutOf(ctx, tx, ctx.merchantId, to.value);
    return left ? refuse('conflict', `Only they can take it back: ${OPT_OUT_REASONS[left.how]}.`) : ok(true);
  });
}
