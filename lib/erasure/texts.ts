import type { Executor } from '@/db/client';
import {
  dropDeliveryAnswers,
  listDeliveryTexts,
  listEventTexts,
  listRefundTexts,
  setCompatible,
  setDeliveryText,
  setEventText,
  setRefundText,
} from '@/db/queries/erasure';
import type { PaymentLinkRow } from '@/db/queries/payment-links';
import { ERASED, emptiedDetail, emptiedEvent, type Wipe, wipedBody, wiper } from './wipe';

/** Of what came by the other API, what is of the payment and not of the customer. */
const OF_PAYMENT = ['Amount', 'Currency', 'MerchantReferenceCode'];

/** What names a customer. `whole`: texts that may say anything of them, and stand alone where they were told. */
export type Person = {
  words: string[];
  whole: ReadonlySet<string>;
  wipe: Wipe;
  compatible: Record<string, string>;
};

const present = (texts: readonly (string | null)[]): string[] =>
  texts.filter((text) => text !== null && text.trim().length > 2) as string[];

export function personOf(
  link: PaymentLinkRow,
  postcode: string | null,
  compatible: Record<string, string>,
): Person {
  const told = Object.entries(compatible).filter(([name]) => !OF_PAYMENT.includes(name));
  const { customerName, customerEmail, customerPhone, description, metadata, lineItems } = link;
  const words = present([customerName, customerEmail, customerPhone]);
  const more = present([description, postcode, ...told.map(([, value]) => value)]);
  return {
    words,
    whole: new Set([...Object.values(metadata), ...(lineItems ?? []).map((item) => item.description)]),
    wipe: wiper([...words, ...more], customerPhone),
    compatible: { ...compatible, ...Object.fromEntries(told.map(([name]) => [name, ERASED])) },
  };
}

/** Everything that was told of a link, without its customer. What was on its way goes on so. */
export async function emptyTexts(tx: Executor, link: PaymentLinkRow, person: Person): Promise<void> {
  const { wipe, whole, compatible } = person;
  const { merchantId } = link;
  for (const { id, payload, detail } of await listEventTexts(tx, link))
    await setEventText(
      tx,
      { merchantId, id },
      { payload: emptiedEvent(payload, wipe), detail: emptiedDetail(detail, wipe) },
    );
  for (const { id, body, url } of await listDeliveryTexts(tx, link))
    await setDeliveryText(
      tx,
      { merchantId, id },
      { body: body && wipedBody(body, wipe, whole), url: url && wipe(url) },
    );
  await dropDeliveryAnswers(tx, link);
  for (const { id, reason, failure } of await listRefundTexts(tx, link))
    await setRefundText(
      tx,
      { merchantId, id },
      { reason: reason && wipe(reason), failure: failure && wipe(failure) },
    );
  if (Object.keys(compatible).length > 0) await setCompatible(tx, link, compatible);
}
