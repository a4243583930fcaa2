import { type KeyObject, verify } from 'node:crypto';
import { type CardTicket, ticketSigningInput } from '@/core/card-ticket';
import { asLocale } from '@/core/messages';
import { readTraceparent } from '@/core/trace';

const MAX_TICKET_CHARS = 2048;

/** Whether one of these Ed25519 keys signed the text; false for anything malformed. `signature` is strict base64url. */
export function isSignedBy(keys: readonly KeyObject[], text: string, signature: string): boolean {
  if (!/^[\w-]{86}$/.test(signature)) return false;
  const bytes = Buffer.from(signature, 'base64url');
  if (bytes.toString('base64url') !== signature) return false;
  return keys.some((key) => verify(null, Buffer.from(text), key, bytes));
}

function isTicket(value: unknown): value is CardTicket {
  if (typeof value !== 'object' || value === null) return false;
  const t = value as Record<string, unknown>;
  return (
    t.v === 1 &&
    [t.attempt, t.paymentLink].every((id) => typeof id === 'string' && /^[a-z]+_[0-9a-z]{26}$/.test(id)) &&
    Number.isSafeInteger(t.amountMinor) &&
    Number(t.amountMinor) > 0 &&
    typeof t.currency === 'string' &&
    /^[A-Z]{3}$/.test(t.currency) &&
    (t.channel === 'ecommerce' || t.channel === 'moto') &&
    typeof t.parent === 'string' &&
    (t.locale === undefined || (typeof t.locale === 'string' && asLocale(t.locale) !== null)) &&
    (t.trace === undefined || (typeof t.trace === 'string' && readTraceparent(t.trace) !== null))
  );
}

/** What a ticket's payload says, whoever signed it; null when it says no ticket. */
function parsed(payload: string): CardTicket | null {
  try {
    const ticket: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return isTicket(ticket) ? ticket : null;
  } catch {
    return null;
  }
}

/** The attempt that a ticket names, its signature not looked at; null when it names none. */
export const attemptNamedIn = (text: string): string | null =>
  text.length > MAX_TICKET_CHARS ? null : (parsed(text.split('.')[0] ?? '')?.attempt ?? null);

/** The ticket when the portal signed it and its pay page is one of `parents`; else null. Its age is the portal's to judge. */
export function readTicket(
  text: string,
  { keys, parents }: { keys: readonly KeyObject[]; parents: readonly string[] },
): CardTicket | null {
  const [payload, signature, ...rest] = text.split('.');
  if (!payload || !signature || rest.length > 0 || text.length > MAX_TICKET_CHARS) return null;
  if (!isSignedBy(keys, ticketSigningInput(payload), signature)) return null;
  const ticket = parsed(payload);
  return ticket && parents.includes(ticket.parent) ? ticket : null;
}
