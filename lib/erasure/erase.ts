import * as z from 'zod';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { CHANNELS } from '@/core/payment-link';
import type { Executor } from '@/db/client';
import { dbNow } from '@/db/clock';
import { findChallenge } from '@/db/queries/challenges';
import {
  dropRejectsWith,
  emptyAround,
  findCompatible,
  isAddressHeld,
  listLinksOfAddress,
} from '@/db/queries/erasure';
import { listLinkMessages } from '@/db/queries/messages';
import { listAttempts } from '@/db/queries/payment-attempts';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { audit } from '../events/audit';
import { advanceMessage } from '../messages/internal';
import { hideOptOut } from '../opt-outs/internal';
import { parseInput } from '../parse';
import {
  addressFor,
  appendLinkEvent,
  changeHeldLink,
  type LinkAndToken,
  loadLink,
  notErasable,
} from '../payment-links/internal';
import { executor, transact } from '../transact';
import { emptyTexts, type Person, personOf } from './texts';
import { ERASED } from './wipe';

/** Whose data go: the customer's of this link alone, or of every link with the same e-mail address or telephone number. */
const input = z.strictObject({ paymentLink: z.string().max(64), of: z.enum(['link', 'email', 'phone']) });

/**
 * Erases all that names a customer, for good: on links, in their events, messages and deliveries, in stored answers. Money,
 * references, dates and the audit log stay. Nothing is begun while one of the links can still be paid; each link
 * is an act of its own, the one that was named the last, so that what was broken off is done again from there.
 */
export async function eraseCustomer(ctx: Ctx, raw: unknown): Promise<Outcome<{ links: number }>> {
  const allowed = authorizeVerified(ctx, 'customers:erase');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(input, raw, ['paymentLink']);
  if (!parsed.ok) return parsed;
  const { paymentLink: id, of } = parsed.value;
  const found = await loadLink(ctx, executor(ctx), id, 'read');
  if (!found.ok) return found;
  const links = [...(await othersOf(ctx, found.value.link, of)), id];
  for (const link of links) {
    const may = await mayErase(ctx, executor(ctx), link, link === id);
    if (!may.ok) return may;
  }
  for (const link of links) {
    const done = await transact(ctx, (tx) => eraseLink({ ...ctx, tx }, tx, link, { of, named: link === id }));
    if (!done.ok) return done;
  }
  return ok({ links: links.length });
}

async function othersOf(ctx: Ctx, link: PaymentLinkRow, of: 'link' | 'email' | 'phone'): Promise<string[]> {
  if (of === 'link') return [];
  const address = addressFor(link, of === 'email' ? 'email' : 'sms');
  return address === null ? [] : listLinksOfAddress(executor(ctx), link, address);
}

/** A link that was not named is told by its reference. One that was erased before is no reason to stop. */
async function mayErase(ctx: Ctx, tx: Executor, id: string, named: boolean): Promise<Outcome<LinkAndToken>> {
  const found = await loadLink(ctx, tx, id, tx === ctx.tx ? 'lock' : 'read');
  if (!found.ok) return found;
  const { link } = found.value;
  const reason = notErasable(link, await listAttempts(tx, ctx.merchantId, id));
  if (!reason || (!named && reason.code === 'conflict')) return found;
  return named
    ? { ok: false, error: reason }
    : refuse(reason.code, `Another link, ${link.reference ?? id}: ${reason.message} Nothing was erased.`);
}

async function eraseLink(
  ctx: Ctx,
  tx: Executor,
  id: string,
  { of, named }: { of: string; named: boolean },
): Promise<Outcome<true>> {
  const found = await mayErase(ctx, tx, id, named);
  if (!found.ok) return found;
  const { link, token } = found.value;
  const challenge = await findChallenge(tx, link);
  const person = personOf(link, challenge?.postcode ?? null, await findCompatible(tx, link));
  for (const { id: message } of await listLinkMessages(tx, ctx.merchantId, id))
    await advanceMessage(ctx, tx, message, 'queued', 'suppressed', 'the customer’s data was erased');
  await emptyTexts(tx, link, person);
  await emptyAround(tx, link);
  await dropRejectsWith(tx, ctx.merchantId, person.words);
  const changed = await emptyLink(tx, link, person);
  await hideWishes(ctx, tx, link);
  const erased = { link: changed, token };
  await appendLinkEvent(ctx, tx, 'payment_link.updated', erased, {
    detail: 'the customer’s data was erased',
  });
  await audit(ctx, tx, 'customer.erase', id, { of });
  return ok(true);
}

const emptyLink = (tx: Executor, link: PaymentLinkRow, { wipe }: Person): Promise<PaymentLinkRow> =>
  changeHeldLink(tx, link, {
    customerName: null,
    customerEmail: null,
    customerPhone: null,
    customerTimeZone: null,
    description: null,
    lineItems: link.lineItems?.map((item) => ({ ...item, description: ERASED })) ?? null,
    metadata: {},
    reference: link.reference && wipe(link.reference),
    callbackUrl: link.callbackUrl && wipe(link.callbackUrl),
    returnUrl: link.returnUrl && wipe(link.returnUrl),
    erasedAt: dbNow,
  });

/** Who wants no messages still gets none, though nothing tells any more who that is; once no other link needs the address. */
async function hideWishes(ctx: Ctx, tx: Executor, link: PaymentLinkRow): Promise<void> {
  for (const channel of CHANNELS) {
    const recipient = addressFor(link, channel);
    if (recipient && !(await isAddressHeld(tx, link, recipient)))
      await hideOptOut(ctx, tx, { channel, recipient });
  }
}
