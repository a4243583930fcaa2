/**
 * Public ids: a prefix and a UUID in 26 characters of Crockford base 32, as TypeID 0.3 lays it out.
 * A UUIDv7 inside keeps them in order of time, in the database and as text alike.
 */
export const ID_PREFIXES = {
  paymentLink: 'plink',
  paymentAttempt: 'pay',
  event: 'evt',
  webhookEndpoint: 'we',
  delivery: 'dlv',
  message: 'msg',
  user: 'user',
  profile: 'prof',
  gatewayAccount: 'gwa',
  apiKey: 'key',
  ledgerEntry: 'le',
  audit: 'aud',
  session: 'ses',
} as const;
export type IdKind = keyof typeof ID_PREFIXES;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** UUID text (hyphenated, lower case) to a public id of `kind`. */
export function idFromUuid(kind: IdKind, uuid: string): string {
  const value = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let text = '';
  for (let i = 25; i >= 0; i--) text += ALPHABET[Number((value >> BigInt(i * 5)) & 31n)] ?? '';
  return `${ID_PREFIXES[kind]}_${text}`;
}

/** A public id back to UUID text; null when it is not an id of `kind` in its one canonical spelling. */
export function uuidFromId(kind: IdKind, id: string): string | null {
  const prefix = `${ID_PREFIXES[kind]}_`;
  const text = id.slice(prefix.length);
  if (!id.startsWith(prefix) || !/^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(text)) return null;
  let value = 0n;
  for (const char of text) value = (value << 5n) | BigInt(ALPHABET.indexOf(char));
  const hex = value.toString(16).padStart(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const isId = (kind: IdKind, id: string): boolean => uuidFromId(kind, id) !== null;
