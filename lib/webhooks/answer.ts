import { luhn } from '@/core/card-rules';

const MASK = '•';

/** True when any 13 to 19 neighbouring digits have a right check digit, whatever the brand. */
function cardLike(digits: string): boolean {
  for (let from = 0; from + 13 <= digits.length; from++)
    for (let length = 13; length <= 19 && from + length <= digits.length; length++)
      if (luhn(digits.slice(from, from + length))) return true;
  return false;
}

/** What of a receiver's answer may be kept: no control characters, and runs of digits that could be a card masked. */
export function keepAnswer(text: string): string {
  return text
    .replace(/[^\P{Cc}\n\t]/gu, ' ')
    .replace(/\d(?:[ \-.]?\d){12,}/g, (run) =>
      cardLike(run.replace(/\D/g, '')) ? run.replace(/\d/g, MASK) : run,
    );
}

/** The same for an answer's headers. */
export const keepHeaders = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, keepAnswer(value)]));

/** Milliseconds a receiver asks to be left alone (RFC 9110, 10.2.3: seconds or a date), at most 24 hours; 0 for none. */
export function retryAfterMs(value: string | null, now: Date): number {
  if (value === null) return 0;
  const text = value.trim();
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 24 * 3_600_000) : 0;
}
