import { smsSize } from '@/core/gsm7';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { fillSentence } from '@/core/own-sentence';
import { readNow } from '@/db/clock';
import { findMerchant } from '@/db/queries/merchants';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { type MessagePreview, previewMessageInput } from '../contracts/own-sentences';
import { amountInWords, translator } from '../i18n';
import type { PaymentRequest } from '../messaging/request';
import { paymentRequestMail } from '../messaging/templates/payment-request';
import { receiptMail } from '../messaging/templates/receipt';
import { paymentRequestSms } from '../messaging/templates/sms';
import { parseInput } from '../parse';
import { executor } from '../transact';
import { SAMPLE, sampleRequest } from './sample';

/** A message with a sentence that is still typed, as a made-up customer would get it. Nothing is kept or sent. */
export async function previewMessage(ctx: Ctx, raw: unknown): Promise<Outcome<MessagePreview>> {
  const allowed = authorize(ctx, 'branding:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(previewMessageInput, raw);
  if (!parsed.ok) return parsed;
  const { kind, locale, text } = parsed.value;
  const merchant = await findMerchant(executor(ctx), ctx.merchantId);
  if (!merchant) return refuse('not_found', 'There is no such merchant.');
  const note = text && fillSentence(text, SAMPLE);
  const what = { locale, isReminder: kind === 'reminder', note };
  const request = sampleRequest(ctx.config, merchant, await readNow(executor(ctx)), what);
  if (kind === 'receipt') return ok({ sms: null, mail: await receiptSample(request) });
  const sms = paymentRequestSms(request);
  const { subject, text: letter } = await paymentRequestMail(request);
  return ok({ sms: { text: sms, ...smsSize(sms) }, mail: { subject, text: letter } });
}

async function receiptSample(request: PaymentRequest): Promise<MessagePreview['mail']> {
  const t = translator(request.locale);
  const amount = amountInWords(request, request.locale);
  const lead = t('state.paid.lead', { merchant: request.merchant, amount });
  const facts = [{ label: t('page.reference'), value: SAMPLE.reference }];
  const { subject, text } = await receiptMail({ ...request, amount, lead, facts });
  return { subject, text };
}
