/** SMS length by 3GPP TS 23.038: GSM-7 counts septets (160, or 153 a part), anything else UCS-2 (70, or 67 a part). */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENDED = new Set('^{}\\[~]|€');
/** Letters whose stroke no decomposition takes away. */
const STROKES = new Map(
  [...'łlŁLđdĐDħhĦHıi'.matchAll(/(.)(.)/g)].map(([, from = '', to = '']) => [from, to]),
);
/** What tells a page how to lay out a text; telephones may show it as a box. */
const BIDI_MARKS = /[\u200e\u200f\u061c\u2066-\u2069]/g;

export type SmsSize = { alphabet: 'gsm7' | 'ucs2'; units: number; segments: number };

export function smsSize(text: string): SmsSize {
  let septets = 0;
  for (const char of text) {
    if (BASIC.has(char)) septets += 1;
    else if (EXTENDED.has(char)) septets += 2;
    else
      return {
        alphabet: 'ucs2',
        units: text.length,
        segments: text.length <= 70 ? 1 : Math.ceil(text.length / 67),
      };
  }
  return { alphabet: 'gsm7', units: septets, segments: septets <= 160 ? 1 : Math.ceil(septets / 153) };
}

/** Text with blanks, quotes, dashes and accents that GSM-7 lacks replaced by ones it has; what has no stand-in stays. */
export function toGsm7(text: string): string {
  let out = '';
  for (const char of text
    .replace(/[\u00a0\u202f\u2009]/g, ' ')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2013\u2014]/g, '-')
    .replace(/\u2026/g, '...')
    .replace(BIDI_MARKS, '')) {
    if (BASIC.has(char) || EXTENDED.has(char)) out += char;
    else out += STROKES.get(char) ?? char.normalize('NFD').replace(/\p{M}/gu, '');
  }
  return out;
}

export const isGsm7 = (text: string): boolean => smsSize(text).alphabet === 'gsm7';

/** A text as an SMS carries it: in GSM-7 where all of it can be written so, else unchanged, without what only pages need. */
export function smsText(text: string): string {
  const cheap = toGsm7(text);
  return isGsm7(cheap) ? cheap : text.replace(BIDI_MARKS, '');
}
