import { PHONE_ENDING_DIGITS, plainAnswer } from '@/core/challenge';
import { isKnownRequest } from '@/db/queries/request-checks';
import type { Services } from '../context';

/** What somebody says of a request for payment: the reference that stands on it, and how their telephone number ends. */
export type RequestCheck = { reference: string; phoneEnding: string };

/** What was entered, as it is compared; null where something is missing, or the digits are not four. */
export function readCheck(form: URLSearchParams): RequestCheck | null {
  const text = (name: string): string => (form.get(name) ?? '').trim();
  const reference = text('reference').normalize('NFC');
  const phoneEnding = plainAnswer(text('phone'));
  const isWhole = reference !== '' && new RegExp(`^\\d{${PHONE_ENDING_DIGITS}}$`).test(phoneEnding);
  return isWhole ? { reference, phoneEnding } : null;
}

/**
 * Whether a request with this reference was made here, by any merchant, for a telephone number with this ending. Nothing else is told:
 * not whose, how much or how it stands. A link that asks for the same digits has no part in it, or they could be tried here.
 * At a merchant's own domain only its requests count.
 */
export const isGenuine = (
  { db, config }: Services,
  check: RequestCheck,
  origin = config.portalUrl,
): Promise<boolean> =>
  isKnownRequest(db, { ...check, payOrigin: origin === config.portalUrl ? null : origin });
