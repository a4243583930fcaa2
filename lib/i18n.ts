import { IntlMessageFormat } from 'intl-messageformat';
import { DEADLINE } from '@/core/deadline';
import { CATALOGUES, directionOf, type Locale, type MessageKey } from '@/core/messages';
import { formatMoney } from '@/core/money';

export type Translate = (key: MessageKey, values?: Record<string, string | number>) => string;

/** A message in one language. `pieces`: of one that only sets its arguments in between, text and names in turn. */
type Compiled = { format: IntlMessageFormat; pieces: readonly Piece[] | null };
type Piece = { text: string; isName: boolean };
const compiled = new Map<string, Compiled>();

/** As the parser numbers what a message is made of. */
const LITERAL = 0;
const ARGUMENT = 1;

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** A name, a reference or an amount keeps its own direction in a sentence of the other one. Source: UAX #9, FSI and PDI. */
export const isolated = (text: string, locale: Locale): string =>
  text && (directionOf(locale) === 'rtl' || RIGHT_TO_LEFT.test(text)) ? `\u2068${text}\u2069` : text;

/** The locale by which numbers and dates are written: with the digits that cards, references and merchants use. */
const withLatinDigits = (locale: string): string => `${locale}-u-nu-latn`;

/** The catalogue of one language, filled in. Values are text: nothing here makes or trusts HTML. */
export function translator(locale: Locale): Translate {
  return (key, values) => {
    const id = `${locale} ${key}`;
    const { format, pieces } = compiled.get(id) ?? compile(id, locale, key);
    const own: Record<string, string | number> = {};
    for (const name in values) {
      const value = values[name] ?? '';
      own[name] = typeof value === 'string' ? isolated(value, locale) : value;
    }
    // Most messages need no rules of a language: the formatter would take ten times as long for them.
    if (!pieces?.every(({ text, isName }) => !isName || text in own)) return String(format.format(own));
    return pieces.map(({ text, isName }) => (isName ? own[text] : text)).join('');
  };
}

function compile(id: string, locale: Locale, key: MessageKey): Compiled {
  const text = CATALOGUES[locale][key];
  const format = new IntlMessageFormat(text, withLatinDigits(locale), undefined, { ignoreTag: true });
  const pieces = format
    .getAst()
    .flatMap((one) =>
      one.type === LITERAL || one.type === ARGUMENT
        ? [{ text: one.value, isName: one.type === ARGUMENT }]
        : [],
    );
  const made = { format, pieces: pieces.length === format.getAst().length ? pieces : null };
  compiled.set(id, made);
  return made;
}

/** An amount as a payer reads it; "an amount of your choice" where it is the payer's to say. */
export const amountInWords = (
  { amountMinor, currency }: { amountMinor: number | null; currency: string },
  locale: Locale,
): string =>
  amountMinor === null ? translator(locale)('amount.open') : formatMoney({ amountMinor, currency }, locale);

/** The locale by which dates are written: plain English means day before month, on a clock of 24 hours. */
export const dateLocale = (locale: string): string => withLatinDigits(locale === 'en' ? 'en-GB' : locale);

const made = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes longer than all the rest of a page's text: each is made once. */
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const format = made.get(key) ?? new Intl.DateTimeFormat(dateLocale(locale), options);
  made.set(key, format);
  return format;
}

const choices = new Map<string, Intl.ListFormat>();

/** One or the other ("+44 20 7946 0321 or help@juniper.example"). */
export function eitherOf(ways: readonly string[], locale: Locale): string {
  const format = choices.get(locale) ?? new Intl.ListFormat(locale, { type: 'disjunction' });
  choices.set(locale, format);
  return format.format(ways.map((way) => isolated(way, locale)));
}

/** A point in time for a payer, in words of the locale and in a named zone ("Thursday, 26 November, 14:05 GMT"). */
export const formatDeadline = (at: Date, locale: string, timeZone: string): string =>
  dateFormat(locale, { ...DEADLINE, timeZone }).format(at);

/** A moment that is kept, as on a receipt: with its year ("24 November 2026 at 14:05 GMT"). */
export function formatMoment(at: Date, locale: string, timeZone: string): string {
  const { weekday: _, ...parts } = DEADLINE;
  return dateFormat(locale, { ...parts, year: 'numeric', timeZone }).format(at);
}

/** The same, as short as an SMS wants it ("26 Nov 14:05"). */
export const formatShort = (at: Date, locale: string, timeZone: string): string =>
  dateFormat(locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(at);

/** A time of day ("14:05 GMT"). */
export const formatTime = (at: Date, locale: string, timeZone: string): string =>
  dateFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).format(at);
