/** A text with each Arabic, Persian and full-width digit, as keyboards of those languages type them, as the plain one. */
export const plainDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, (digit) => String(digit.charCodeAt(0) & 15));
