import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** What stands where a text named somebody. */
export const ERASED = '[erased]';

/** Words shorter than this are in too many others. */
const LEAST = 3;
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** The ways in which a number is written. */
function spellingsOf(phone: string): string[] {
  const parsed = parsePhoneNumberFromString(phone);
  if (!parsed) return [phone];
  const national = parsed.formatNational();
  return [phone, phone.slice(1), national, national.replace(/\D/g, ''), parsed.formatInternational()];
}

export type Wipe = (text: string) => string;

/** Takes words out of a text, however their letters are written, where they stand by themselves. */
export function wiper(words: readonly string[], phone: string | null): Wipe {
  const all = [...words, ...(phone ? spellingsOf(phone) : [])].map((word) => word.trim());
  const spelled = all.flatMap((word) => [word, encodeURIComponent(word), JSON.stringify(word).slice(1, -1)]);
  const wanted = [...new Set(spelled)].filter((word) => word.length >= LEAST);
  if (wanted.length === 0) return (text) => text;
  const either = wanted
    .toSorted((a, b) => b.length - a.length)
    .map(escaped)
    .join('|');
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${either})(?![\\p{L}\\p{N}_])`, 'giu');
  return (text) => text.replace(pattern, ERASED);
}

/** Texts of ours that name nobody, whatever a customer is called. */
const OURS = new Set([
  'id',
  'object',
  'url',
  'type',
  'status',
  'state',
  'kind',
  'currency',
  'channel',
  'template',
]);
/** Fields that may tell anything of a customer, and what they are without it. */
const EMPTIED: Record<string, unknown> = { description: null, metadata: {}, to: '' };

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** An object of the API without what names its customer. */
export function emptied(value: unknown, wipe: Wipe, name = ''): unknown {
  if (name in EMPTIED) return EMPTIED[name];
  if (typeof value === 'string') return OURS.has(name) ? value : wipe(value);
  if (Array.isArray(value))
    return value.map((one) => (name === 'lineItems' ? { ...one, description: ERASED } : emptied(one, wipe)));
  if (!isObject(value)) return value;
  const isCustomer = name === 'customer';
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      isCustomer && key !== 'locale' ? null : emptied(inner, wipe, key),
    ]),
  );
}

/** The body of an event without it. All else is told as it was. */
export function emptiedEvent(payload: string, wipe: Wipe): string {
  const event = JSON.parse(payload) as Json;
  const { data, previous } = event;
  return JSON.stringify({ ...event, data: emptied(data, wipe), previous: emptied(previous, wipe) });
}

/** "SMS to +44 …123" tells who it was as well. */
export const emptiedDetail = (detail: string | null, wipe: Wipe): string | null =>
  detail && wipe(detail.replace(/\b(SMS|E-mail) to (?:\+\d+ )?[^\s·]+/g, '$1'));

/** Any other body: texts that are one of `whole`, and words of them. */
export function wipedBody(body: string, wipe: Wipe, whole: ReadonlySet<string>): string {
  const inside = (value: unknown): unknown => {
    if (typeof value === 'string') return whole.has(value) ? ERASED : wipe(value);
    if (Array.isArray(value)) return value.map(inside);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inside(inner)]));
  };
  try {
    return JSON.stringify(inside(JSON.parse(body)));
  } catch {
    return wipe(body);
  }
}
