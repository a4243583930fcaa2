import { asLocale } from '@/core/messages';
import { type Outcome, ok } from '@/core/outcome';
import { readNow } from '@/db/clock';
import { findMerchant } from '@/db/queries/merchants';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { paymentRequestSms } from '../messaging/templates/sms';
import { executor } from '../transact';

const DAY_MS = 86_400_000;

/** What a reminder by SMS says, in the merchant's language and with an amount, an end and an address made up. */
export async function previewReminder(ctx: Ctx): Promise<Outcome<string>> {
  const allowed = authorize(ctx, 'payment_profiles:read');
  if (!allowed.ok) return allowed;
  const merchant = await findMerchant(executor(ctx), ctx.merchantId);
  if (!merchant) throw new Error('the merchant is not there');
  const text = paymentRequestSms({
    locale: asLocale(merchant.locale) ?? 'en',
    merchant: merchant.name,
    accent: merchant.accent,
    footer: merchant.footer,
    contact: merchant.contactEmail,
    url: `${ctx.config.portalUrl}/pay/example`,
    isReminder: true,
    unsubscribeUrl: null,
    isClosed: false,
    amountMinor: 1240,
    currency: 'EUR',
    description: null,
    reference: null,
    customerName: null,
    phrase: 'amber falcon',
    payBy: new Date((await readNow(executor(ctx))).getTime() + DAY_MS),
    timeZone: merchant.timeZone,
  });
  return ok(text);
}
