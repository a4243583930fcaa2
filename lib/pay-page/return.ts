import type { Locale } from '@/core/messages';
import { findAttemptMerchant, findPaymentAttempt } from '@/db/queries/payment-attempts';
import { findNewestTokens, findPaymentLink } from '@/db/queries/payment-links';
import type { Services } from '../context';
import { readAttemptHandle } from '../link-tokens/attempt-handle';
import { mintPass } from '../link-tokens/challenge';
import { claimsOf, hasAddress, payUrl } from '../payment-links/view';

/**
 * The page that a bank's check leads back to: the link's own address with the attempt that was at the bank and, where a question
 * stands before the page, what its right answer had opened, in the language chosen there. Null for a handle that is not ours, or is too old. Changes nothing.
 */
export async function returnAddress(
  services: Services,
  handle: string,
  locale: Locale | null,
): Promise<string | null> {
  const { config, db } = services;
  const read = readAttemptHandle(config.linkTokenKeys, handle);
  const merchantId = read && (await findAttemptMerchant(db, read.attempt));
  if (!read || merchantId === null || merchantId === undefined) return null;
  const attempt = await findPaymentAttempt(db, { merchantId, id: read.attempt });
  const link = attempt && (await findPaymentLink(db, { merchantId, id: attempt.paymentLinkId }));
  const [token] = link ? await findNewestTokens(db, merchantId, [link.id]) : [];
  if (!link || !token || !hasAddress(config, token) || link.now >= read.until) return null;
  const url = new URL(payUrl(config, token));
  url.searchParams.set('a', read.attempt);
  if (locale) url.searchParams.set('l', locale);
  if (link.challenge) url.searchParams.set('p', mintPass(config.linkTokenKeys, claimsOf(token), link.now));
  return url.href;
}
