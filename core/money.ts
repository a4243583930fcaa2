import { plainDigits } from './digits';

/** ISO 4217 as of 2026 (amendment 180), by number of minor-unit digits. Never taken from `Intl`, which differs for sixteen. */
const BY_EXPONENT: Record<0 | 2 | 3 | 4, string> = {
  0: `
  BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF`,
  2: `
  AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY
  COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF
  IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR
  MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG
  SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES
  WST XCD XCG YER ZAR ZMW ZWG`,
  3: `
  BHD IQD JOD KWD LYD OMR TND`,
  4: `
  CLF UYW`,
};

/** Units in which debts are written, but that nobody holds in hand; indexed to a currency. */
export const UNITS_OF_ACCOUNT: readonly string[] = ['BOV', 'CLF', 'COU', 'MXV', 'UYI', 'UYW'];

const EXPONENTS: ReadonlyMap<string, number> = new Map(
  Object.entries(BY_EXPONENT).flatMap(([exponent, codes]) =>
    codes
      .trim()
      .split(/\s+/)
      .map((code): [string, number] => [code, Number(exponent)]),
  ),
);

/** An amount of money: integer minor units (pence, cents, yen) and its ISO 4217 currency. */
export type Money = { amountMinor: number; currency: string };

/** Every supported currency code, in alphabetical order. */
export const CURRENCIES: readonly string[] = [...EXPONENTS.keys()].sort();

/** The largest amount a link may ask for, in minor units: twelve digits, as card networks carry it. */
export const MAX_AMOUNT_MINOR = 999_999_999_999;

export const isCurrency = (code: string): boolean => EXPONENTS.has(code);

/** Minor-unit digits of a supported currency (JPY 0, GBP 2, KWD 3, CLF 4). Throws for an unknown one: check first. */
export function exponentOf(currency: string): number {
  const exponent = EXPONENTS.get(currency);
  if (exponent === undefined) throw new Error(`unknown currency ${currency}`);
  return exponent;
}

const MARKS: Record<string, string> = { '٫': '.', '．': '.', '٬': ',', '，': ',' };

/**
 * A decimal typed by a person ("12.40", "1,234.50", "12,40", "١٢٫٤٠") to minor units; null when it is not an exact amount of that
 * currency ("12.405" GBP), or could be read in two ways ("1,234" GBP): an amount is never guessed.
 */
export function parseAmount(text: string, currency: string): number | null {
  const exponent = exponentOf(currency);
  const clean = plainDigits(text)
    .replace(/[\s\u00a0\u202f']/g, '')
    .replace(/[٫．٬，]/g, (mark) => MARKS[mark] ?? mark);
  if (!/^\d+([.,]\d+)*$/.test(clean)) return null;
  const marks = clean.replace(/\d/g, '');
  const groups = clean.split(/[.,]/);
  const hasDecimals = exponent > 0 && marks !== '' && (marks.length === 1 || marks.at(-1) !== marks.at(-2));
  const fraction = hasDecimals ? (groups.pop() ?? '') : '';
  const [first = '', ...thousands] = groups;
  const grouping = hasDecimals ? marks.slice(0, -1) : marks;
  const grouped = first.length <= 3 && thousands.every((group) => group.length === 3);
  if (fraction.length > exponent || new Set(grouping).size > 1 || (thousands.length > 0 && !grouped))
    return null;
  const minor = Number(first + thousands.join('') + fraction.padEnd(exponent, '0'));
  return Number.isSafeInteger(minor) && minor <= MAX_AMOUNT_MINOR ? minor : null;
}

/** Minor units as a plain decimal ("12.40"), for form fields and exports. Exact: built from digits, never by division. */
export function toDecimal({ amountMinor, currency }: Money): string {
  const exponent = exponentOf(currency);
  const sign = amountMinor < 0 ? '-' : '';
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, '0');
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** Minor units as people of a locale write the bare number ("12,40"), for a field that `parseAmount` reads again. */
export function toLocalDecimal(money: Money, locale: string): string {
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(1.5);
  const isComma = parts.some((part) => part.type === 'decimal' && part.value === ',');
  return isComma ? toDecimal(money).replace('.', ',') : toDecimal(money);
}

/** Kept: to make one takes longer than all else that is done to a page. */
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string, locale: string): Intl.NumberFormat {
  const name = `${locale} ${currency}`;
  let format = formats.get(name);
  if (!format) {
    const digits = exponentOf(currency);
    format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      numberingSystem: 'latn',
    });
    formats.set(name, format);
  }
  return format;
}

/** Money in the words of a locale ("£12.40", "12,40 €"): as many decimals as ISO 4217 gives, in the digits of cards and tills. */
export function formatMoney(money: Money, locale: string): string {
  const text = formatOf(money.currency, locale).format(toDecimal(money) as Intl.StringNumericLiteral);
  // Written from right to left, a sign of Latin letters, "UK£", would be turned around.
  return text.startsWith('\u200f') ? text.replace(/[A-Z]+\p{Sc}?/u, '\u2066$&\u2069') : text;
}
