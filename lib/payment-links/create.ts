import { randomBytes, randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { phraseOf } from '@/core/phrases';
import type { Executor } from '@/db/client';
import { findMerchant, listProfiles, type MerchantRow, type ProfileRow } from '@/db/queries/merchants';
import {
  findPaymentLink,
  insertLinkToken,
  insertPaymentLink,
  instantFromNow,
  type LinkTokenRow,
} from '@/db/queries/payment-links';
import { authorize } from '../authorize';
import { actorId, actorName, type Ctx } from '../context';
import { createPaymentLinkInput, type PaymentLink } from '../contracts/payment-links';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { queueMessage } from '../messages/queue';
import { findCardNumber, parseInput } from '../parse';
import { transact } from '../transact';
import { appendLinkEvent } from './internal';

type Parsed = z.output<typeof createPaymentLinkInput>;

/**
 * Issues a payment link: row, token, event, audit entry and messages to send, in one transaction. It may be paid until
 * `expiresInSeconds` (at most 72 h) from now on the database's clock. Refuses free text that holds a card number.
 */
export async function createPaymentLink(ctx: Ctx, raw: unknown): Promise<Outcome<PaymentLink>> {
  const allowed = authorize(ctx, 'payment_links:create');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(createPaymentLinkInput, raw);
  if (!parsed.ok) return parsed;
  const input = parsed.value;
  const cardAt = findCardNumber(raw, ['customer.phone', 'profile']);
  if (cardAt !== null)
    return refuse('card_number_refused', 'A card number must never be entered here.', {
      errors: [{ path: cardAt, message: 'holds a card number' }],
    });
  return transact(ctx, async (tx) => {
    const merchant = await findMerchant(tx, ctx.merchantId);
    if (!merchant) throw new Error('no such merchant');
    const profile = chooseProfile(await listProfiles(tx, ctx.merchantId), input.profile);
    if (!profile) return refuseField('profile', 'is not one of your payment profiles');
    const refused = refuseInput(ctx, input, merchant);
    if (refused) return refused;
    const token = await insertLink(ctx, tx, input, merchant, profile);
    const link = await findPaymentLink(tx, { merchantId: ctx.merchantId, id: token.paymentLinkId });
    if (!link) throw new Error('the new link is not there');
    const view = await appendLinkEvent(ctx, tx, 'payment_link.created', { link, token });
    for (const { channel } of input.send) await queueMessage(ctx, tx, link, channel);
    await audit(ctx, tx, 'payment_link.create', link.id, {
      amountMinor: link.amountMinor,
      currency: link.currency,
    });
    return ok(view);
  });
}

const chooseProfile = (profiles: ProfileRow[], wanted: string | undefined): ProfileRow | undefined =>
  wanted === undefined
    ? profiles.find((profile) => profile.isDefault)
    : profiles.find((profile) => profile.id === wanted || profile.name === wanted);

const refuseField = (path: string, message: string) =>
  refuse('invalid', `${path}: ${message}`, { errors: [{ path, message }] });

function refuseInput(ctx: Ctx, input: Parsed, merchant: MerchantRow) {
  const enabled = ctx.actor.kind === 'api_client' ? merchant.apiEnabled : merchant.buttonEnabled;
  if (!enabled) return refuse('forbidden', 'Taking payments this way is not enabled for your account.');
  if (input.returnUrl !== undefined && !merchant.returnUrls.includes(input.returnUrl))
    return refuseField('returnUrl', 'is not on the list of registered return addresses');
  return null;
}

async function insertLink(
  ctx: Ctx,
  tx: Executor,
  input: Parsed,
  merchant: MerchantRow,
  profile: ProfileRow,
): Promise<LinkTokenRow> {
  const { merchantId, actor } = ctx;
  const id = newId('paymentLink');
  const [a = 0, b = 0] = randomBytes(2);
  const expiresAt = await instantFromNow(tx, input.expiresInSeconds);
  await insertPaymentLink(tx, {
    merchantId,
    id,
    profileId: profile.id,
    access: 'active',
    amountMinor: input.amountMinor,
    currency: input.currency,
    description: input.description ?? null,
    reference: input.reference ?? null,
    lineItems: input.lineItems ?? null,
    customerName: input.customer.name ?? null,
    customerEmail: input.customer.email ?? null,
    customerPhone: input.customer.phone ?? null,
    customerTimeZone: input.customer.timeZone ?? null,
    locale: input.locale ?? input.customer.locale ?? merchant.locale,
    channels: input.send.map((one) => one.channel),
    phrase: phraseOf(a, b),
    returnUrl: input.returnUrl ?? null,
    metadata: input.metadata,
    livemode: merchant.livemode,
    createdByKind: actor.kind,
    createdById: actorId(actor),
    createdByName: actorName(actor),
    expiresAt,
  });
  const token = await insertLinkToken(tx, {
    merchantId,
    id: randomUUID(),
    paymentLinkId: id,
    keyId: ctx.config.linkTokenKeys.signing,
    expiresAt,
  });
  if (!token) throw new Error('the new token is not there');
  return token;
}
