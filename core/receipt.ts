import { ID_PREFIXES, uuidFromId } from './ids';

/**
 * The number of a receipt: one for each payment link, the same however often it is paid or refunded. The last 60 bits of the
 * link's id, all of them random, so that it can be read out and typed ("7K3M-9QXW-2TBA").
 */
export const receiptNumber = (paymentLink: string): string =>
  (paymentLink.slice(-12).toUpperCase().match(/.{4}/g) ?? []).join('-');

/** The last 15 hex digits of the link's UUID, from a receipt number as somebody typed it; null where it is none. */
export function uuidEndOf(text: string): string | null {
  const end = text.replace(/[\s-]/g, '').toLowerCase();
  if (end.length !== 12) return null;
  const uuid = uuidFromId('paymentLink', `${ID_PREFIXES.paymentLink}_${end.padStart(26, '0')}`);
  return uuid?.replaceAll('-', '').slice(-15) ?? null;
}

/** How long after one receipt a payer can have the next one sent. */
export const SECONDS_BETWEEN_RECEIPTS = 3600;
