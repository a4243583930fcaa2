/** What a person types into the form, made into what is meant. Pure: no document, no clock. */
import { brandOf, cscLengthOf, groupDigits, isCardNumber, luhn, maxLengthOf } from '@/core/card-rules';
import { plainDigits } from '@/core/digits';
import type { FormProgress, FormTick } from '@/core/form-progress';
import type { FrameText } from './texts';

export type FieldName = 'number' | 'expiry' | 'csc' | 'name';
export const FIELD_NAMES: readonly FieldName[] = ['number', 'expiry', 'csc', 'name'];
export type Typed = Record<FieldName, string>;
export type Edit = { text: string; caret: number };
export type Expiry = { month: number; year: number };

/** The digits in a text of any format, full-width and Arabic ones too, as ASCII. */
export const digitsOf = (text: string): string => plainDigits(text.normalize('NFKC')).replace(/\D/g, '');

/** The place in `text` right after its n-th digit. */
function placeAfter(text: string, count: number): number {
  let seen = 0;
  for (let i = 0; i < text.length; i++) {
    if (seen === count) return i;
    if (/\d/.test(text.charAt(i))) seen++;
  }
  return text.length;
}

/** A card number as it was left by an edit, grouped again, with the caret by the same digit. `before`: digits before it. */
export function editNumber(typed: Edit, before: string, inputType: string): Edit {
  let digits = digitsOf(typed.text);
  let at = digitsOf(typed.text.slice(0, typed.caret)).length;
  if (digits === before && inputType === 'deleteContentBackward' && at > 0) at--;
  const took = digits === before && /^deleteContent(Backward|Forward)$/.test(inputType);
  if (took) digits = digits.slice(0, at) + digits.slice(at + 1);
  digits = digits.slice(0, maxLengthOf(digits));
  const text = groupDigits(digits);
  return { text, caret: placeAfter(text, Math.min(at, digits.length)) };
}

/** An expiry date while it is typed: "7" → "07 / ", "1226" → "12 / 26". What is being deleted is not put back. */
export function editExpiry(text: string, inputType: string): string {
  if (inputType.startsWith('delete')) return text.replace(/[\s/]+$/, '');
  const plain = plainDigits(text.normalize('NFKC'));
  if (/^20\d\d\D/.test(plain)) return text;
  let digits = digitsOf(plain);
  if (/^\s*\d\s*\D/.test(plain) || /^([2-9]|1[3-9])/.test(digits)) digits = `0${digits}`;
  return digits.length < 2 ? digits : `${digits.slice(0, 2)} / ${digits.slice(2, 6)}`;
}

/** Month and year of "1226", "12/26", "1 / 2026", "12-2026" or "2026-12"; null for anything else. */
export function parseExpiry(text: string): Expiry | null {
  const plain = plainDigits(text.normalize('NFKC')).trim();
  const iso = /^(20\d\d)\D+(\d\d?)$/.exec(plain);
  const usual = /^(\d\d?)\D+(\d\d|20\d\d)$/.exec(plain) ?? /^(\d\d)(\d\d|20\d\d)$/.exec(plain);
  const [month, year] = iso ? [Number(iso[2]), Number(iso[1])] : [Number(usual?.[1]), Number(usual?.[2])];
  return month >= 1 && month <= 12 ? { month, year: year < 100 ? 2000 + year : year } : null;
}

/** An expiry date as it stands on cards. */
export const showExpiry = ({ month, year }: Expiry): string =>
  `${String(month).padStart(2, '0')} / ${String(year % 100).padStart(2, '0')}`;

/** What is wrong with one field, as the key of its sentence; null when nothing is. A card is good to its month's end. */
export function problemOf(field: FieldName, typed: Typed, now: Date): FrameText | null {
  const digits = digitsOf(typed.number);
  switch (field) {
    case 'number':
      if (isCardNumber(digits)) return null;
      return digits.length < 12 || (brandOf(digits) && luhn(digits))
        ? 'frame.error.number'
        : 'frame.error.number_wrong';
    case 'expiry': {
      const expiry = parseExpiry(typed.expiry);
      if (!expiry) return 'frame.error.expiry';
      const over = expiry.year * 12 + expiry.month <= now.getFullYear() * 12 + now.getMonth();
      return over ? 'frame.error.expired' : null;
    }
    case 'csc':
      return digitsOf(typed.csc).length === cscLengthOf(digits) ? null : 'frame.error.csc';
    case 'name':
      return typed.name.trim() && digitsOf(typed.name).length < 12 ? null : 'frame.error.name';
  }
}

/** How far each field is, for whoever waits: `wrong` is one that was left with a mark. Nothing of what stands in it. */
export function ticksOf(typed: Typed, isMarked: (field: FieldName) => boolean, now: Date): FormProgress {
  const tick = (field: FieldName): FormTick => {
    if (!typed[field].trim()) return 'empty';
    if (!problemOf(field, typed, now)) return 'complete';
    return isMarked(field) ? 'wrong' : 'typing';
  };
  const [number, expiry, security_code, name] = [tick('number'), tick('expiry'), tick('csc'), tick('name')];
  return { number, expiry, security_code, name };
}

/** The body of POST /authorize: six lines. Only for fields without a problem. */
export function bodyOf(ticket: string, typed: Typed): string {
  const expiry = parseExpiry(typed.expiry) ?? { month: 0, year: 0 };
  const name = typed.name.replace(/\p{Cc}/gu, ' ').trim();
  const month = String(expiry.month).padStart(2, '0');
  return [ticket, digitsOf(typed.number), month, String(expiry.year), digitsOf(typed.csc), name].join('\n');
}
