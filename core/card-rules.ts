import { plainDigits } from './digits';

/** Card rules that need no network: brands by prefix, lengths, Luhn. Source: ISO/IEC 7812 and the schemes' public ranges. */
export const BRANDS = [
  'visa',
  'mastercard',
  'amex',
  'discover',
  'diners',
  'jcb',
  'unionpay',
  'maestro',
] as const;
export type Brand = (typeof BRANDS)[number];

type Rule = { brand: Brand; prefix: RegExp; lengths: readonly number[]; groups: readonly number[] };

const FOURS = [4, 4, 4, 4, 3];
const RULES: readonly Rule[] = [
  { brand: 'visa', prefix: /^4/, lengths: [13, 16, 19], groups: FOURS },
  {
    brand: 'mastercard',
    prefix: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/,
    lengths: [16],
    groups: FOURS,
  },
  { brand: 'amex', prefix: /^3[47]/, lengths: [15], groups: [4, 6, 5] },
  { brand: 'discover', prefix: /^(6011|64[4-9]|65)/, lengths: [16, 19], groups: FOURS },
  { brand: 'diners', prefix: /^(30[0-5]|3095|36|3[89])/, lengths: [14, 16, 19], groups: [4, 6, 4] },
  { brand: 'jcb', prefix: /^35(2[89]|[3-8])/, lengths: [16, 17, 18, 19], groups: FOURS },
  { brand: 'unionpay', prefix: /^62/, lengths: [16, 17, 18, 19], groups: FOURS },
  {
    brand: 'maestro',
    prefix: /^(5018|5020|5038|5893|6304|6759|676[1-3])/,
    lengths: [12, 13, 14, 15, 16, 17, 18, 19],
    groups: FOURS,
  },
];

const ruleOf = (digits: string): Rule | undefined => RULES.find((rule) => rule.prefix.test(digits));

export const brandOf = (digits: string): Brand | null => ruleOf(digits)?.brand ?? null;

/** The check digit of ISO/IEC 7812-1, annex B. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    if (digit < 0 || digit > 9) return false;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** True for digits with a known brand's prefix, that brand's length and a right check digit. */
export function isCardNumber(digits: string): boolean {
  const rule = ruleOf(digits);
  return rule?.lengths.includes(digits.length) === true && luhn(digits);
}

export const maxLengthOf = (digits: string): number => Math.max(...(ruleOf(digits)?.lengths ?? [19]));

/** Security-code length of a brand: four digits on American Express, else three. */
export const cscLengthOf = (digits: string): number => (brandOf(digits) === 'amex' ? 4 : 3);

/** Digits in the groups printed on the card, joined by blanks. */
export function groupDigits(digits: string): string {
  const parts: string[] = [];
  let at = 0;
  for (const size of ruleOf(digits)?.groups ?? FOURS) {
    if (at >= digits.length) break;
    parts.push(digits.slice(at, at + size));
    at += size;
  }
  if (at < digits.length) parts.push(digits.slice(at));
  return parts.join(' ');
}

/** Text as a person reads it: no invisible characters, every kind of digit, blank and dash as the plain one. */
const asRead = (text: string): string =>
  plainDigits(text.normalize('NFKC'))
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{Cc}]/gu, ' ')
    .replace(/\p{Pd}/gu, '-');

const MOST_DIGITS = 19;
/** The longest telephone number there is, without its plus (ITU-T E.164). */
const MOST_PHONE_DIGITS = 15;

const isGrouped = (groups: readonly string[], digits: string): boolean =>
  [groupDigits(digits), digits.replace(/(.{4})(?=.)/g, '$1 ')].includes(groups.join(' '));

/** True when neighbours among these groups of digits are a card number, whole or grouped as on cards. */
function groupsHoldCard(groups: readonly string[]): boolean {
  for (let from = 0; from < groups.length; from++)
    for (let to = from + 1; to <= groups.length; to++) {
      const some = groups.slice(from, to);
      const digits = some.join('');
      if (digits.length > MOST_DIGITS) break;
      if (isCardNumber(digits) && (some.length === 1 || isGrouped(some, digits))) return true;
    }
  return false;
}

const FEWEST_DIGITS = 12;

/** True for text in ASCII with fewer digits than any card has: nothing in it can be read as a digit but digits. */
function isTooPlain(text: string): boolean {
  let digits = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 126) return false;
    if (code >= 48 && code <= 57) digits++;
  }
  return digits < FEWEST_DIGITS;
}

/**
 * True when free text holds a card number, contiguous or in card grouping (decisions 12): a known brand's prefix, that
 * brand's length and Luhn must agree. A number after a plus is a telephone's. Phone fields and ids are not asked.
 */
export function holdsCardNumber(text: string): boolean {
  if (isTooPlain(text)) return false;
  for (const match of asRead(text).matchAll(/(\+?)(\d+(?:[ \-.]{1,3}\d+)*)/g)) {
    const groups = (match[2] ?? '').split(/[ \-.]+/);
    const isPhone = match[1] === '+' && groups.join('').length <= MOST_PHONE_DIGITS;
    if (!isPhone && groupsHoldCard(groups)) return true;
  }
  return false;
}

/** Brands as people write them. */
export const BRAND_NAMES: Record<Brand, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
  maestro: 'Maestro',
};

export const brandName = (brand: string): string => {
  const known = BRANDS.find((one) => one === brand);
  return known ? BRAND_NAMES[known] : brand;
};
