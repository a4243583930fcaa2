/**
 * Public ids: a prefix and a UUID in 26 characters of Crockford base 32, as TypeID 0.3 lays it out.
 * A UUIDv7 inside keeps them in order of time, in the database and as text alike.
 */
export const ID_PREFIXES = {
  paymentLink: 'plink',
  paymentLinkBatch: 'plb',
  paymentAttempt: 'pay',
  event: 'evt',
  webhookEndpoint: 'we',
  delivery: 'dlv',
  message: 'msg',
  user: 'user',
  profile: 'prof',
  gatewayAccount: 'gwa',
  apiKey: 'key',
  oauthClient: 'oac',
  ledgerEntry: 'le',
  audit: 'aud',
  session: 'ses',
  refund: 're',
  dispute: 'dp',
  notification: 'ntf',
  alert: 'alert',
  linkRequest: 'lreq',
  balanceReport: 'bal',
  request: 'req',
  formLookup: 'flk',
  paymentSession: 'sess',
  capture: 'cap',
  telephonyAccount: 'tel',
  agentToken: 'agt',
  optOut: 'opt',
  bulkAct: 'bulk',
  savedView: 'view',
} as const;
export type IdKind = keyof typeof ID_PREFIXES;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

const VALUE_OF = new Map([...ALPHABET].map((char, value) => [char, value]));

/** Ten bits as two characters: lists of links make ids by the hundred thousand. */
const PAIRS = Array.from(
  { length: 1024 },
  (_, bits) => `${ALPHABET[bits >> 5] ?? ''}${ALPHABET[bits & 31] ?? ''}`,
);

const bitsOf = (chars: string): number => {
  let value = 0;
  for (const char of chars) value = value * 32 + (VALUE_OF.get(char) ?? 0);
  return value;
};

/** UUID text (hyphenated, lower case) to a public id of `kind`: two hex digits to two characters, then each five to four. */
export function idFromUuid(kind: IdKind, uuid: string): string {
  const hex = uuid.replaceAll('-', '');
  let text = PAIRS[Number.parseInt(hex.slice(0, 2), 16)] ?? '';
  for (let at = 2; at < 32; at += 5) {
    const bits = Number.parseInt(hex.slice(at, at + 5), 16);
    text += `${PAIRS[bits >> 10] ?? ''}${PAIRS[bits & 1023] ?? ''}`;
  }
  return `${ID_PREFIXES[kind]}_${text}`;
}

/** A public id back to UUID text; null when it is not an id of `kind` in its one canonical spelling. */
export function uuidFromId(kind: IdKind, id: string): string | null {
  const prefix = `${ID_PREFIXES[kind]}_`;
  const text = id.slice(prefix.length);
  if (!id.startsWith(prefix) || !/^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(text)) return null;
  let hex = bitsOf(text.slice(0, 2)).toString(16).padStart(2, '0');
  for (let at = 2; at < 26; at += 4)
    hex += bitsOf(text.slice(at, at + 4))
      .toString(16)
      .padStart(5, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const isId = (kind: IdKind, id: string): boolean => uuidFromId(kind, id) !== null;
