import { asLocale } from '@/core/messages';
import { type Outcome, ok } from '@/core/outcome';
import { fillSentence } from '@/core/own-sentence';
import { readNow } from '@/db/clock';
import { findMerchant } from '@/db/queries/merchants';
import { findOwnSentence } from '@/db/queries/own-sentences';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { paymentRequestSms } from '../messaging/templates/sms';
import { SAMPLE, sampleRequest } from '../own-sentences/sample';
import { executor } from '../transact';

/** What a reminder by SMS says, in the merchant's language and with an amount, an end and an address made up. */
export async function previewReminder(ctx: Ctx): Promise<Outcome<string>> {
  const allowed = authorize(ctx, 'payment_profiles:read');
  if (!allowed.ok) return allowed;
  const merchant = await findMerchant(executor(ctx), ctx.merchantId);
  if (!merchant) throw new Error('the merchant is not there');
  const locale = asLocale(merchant.locale) ?? 'en';
  const own = await findOwnSentence(executor(ctx), { merchantId: merchant.id, kind: 'reminder', locale });
  const note = own?.text ? fillSentence(own.text, SAMPLE) : null;
  const what = { locale, isReminder: true, note };
  return ok(paymentRequestSms(sampleRequest(ctx.config, merchant, await readNow(executor(ctx)), what)));
}
