import { asLocale, type Locale } from '@/core/messages';
import { ok } from '@/core/outcome';
import { findMerchant, type MerchantRow } from '@/db/queries/merchants';
import { findMessage, type MessageRow } from '@/db/queries/messages';
import { findPaymentLink } from '@/db/queries/payment-links';
import type { Ctx, Services } from '../context';
import { readUnsubscribe } from '../link-tokens/unsubscribe';
import { transact } from '../transact';
import { liftOptOut, optOut, optOutOf } from './internal';

/** Whose reminders go where, and whether they still do. */
export type Subscription = {
  message: MessageRow;
  merchant: MerchantRow;
  locale: Locale;
  isOut: boolean;
};

/** What the address in a reminder is about; null where we did not make it. Changes nothing. */
export async function readSubscription(
  { db, config }: Services,
  token: string,
): Promise<Subscription | null> {
  const claims = readUnsubscribe(config.linkTokenKeys, token);
  const message = claims && (await findMessage(db, { merchantId: claims.merchantId, id: claims.message }));
  if (!message?.recipient) return null;
  const { merchantId, paymentLinkId: id } = message;
  const merchant = await findMerchant(db, merchantId);
  const link = await findPaymentLink(db, { merchantId, id });
  if (!merchant || !link) return null;
  const isOut = (await optOutOf({ config }, db, merchantId, message)) !== undefined;
  return { message, merchant, locale: asLocale(link.locale) ?? 'en', isOut };
}

/** A press of whoever got the mail: reminders stop, or come again. */
export async function changeSubscription(
  services: Services,
  requestId: string,
  { message }: Subscription,
  wanted: boolean,
): Promise<void> {
  const { merchantId } = message;
  const ctx: Ctx = { ...services, merchantId, requestId, actor: { kind: 'payer' } };
  await transact(ctx, async (tx) => {
    await (wanted ? liftOptOut : optOut)(ctx, tx, message, 'unsubscribe');
    return ok(true);
  });
}
