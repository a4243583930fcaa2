import type * as z from 'zod';
import { holdsCardNumber } from '@/core/card-rules';
import { MAX_AMOUNT_MINOR } from '@/core/money';
import { type FieldError, type Outcome, ok, refuse } from '@/core/outcome';

function fieldErrors(error: z.core.$ZodError): FieldError[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String).join('.');
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
    return issue.keys.map((key) => ({
      path: path ? `${path}.${key}` : key,
      message: 'is not a known field',
    }));
  });
}

/** Input of a machine that signs what it says, to a checked value, or the fields that are wrong. */
export function parseReport<T>(schema: z.ZodType<T>, input: unknown): Outcome<T> {
  const broken = findBroken(input);
  if (broken) return refuseField(broken.path, broken.message);
  const result = schema.safeParse(input);
  if (result.success) return ok(result.data);
  const errors = fieldErrors(result.error);
  const first = errors[0];
  return refuse('invalid', first?.path ? `${first.path}: ${first.message}` : 'The input is not valid.', {
    errors,
  });
}

/**
 * The second step of a verb: input to a checked value, or the fields that are wrong. Text with a card number in it is
 * refused, as it was sent and as it would be kept. `exempt` names dotted paths that hold phone numbers or ids.
 */
export function parseInput<T>(
  schema: z.ZodType<T>,
  input: unknown,
  exempt: readonly string[] = [],
): Outcome<T> {
  const asSent = refuseCardNumber(input, exempt);
  if (!asSent.ok) return asSent;
  const parsed = parseReport(schema, input);
  if (!parsed.ok) return parsed;
  const asKept = refuseCardNumber(parsed.value, exempt);
  return asKept.ok ? parsed : asKept;
}

/** The refusal of one field; without a path, of the input as a whole. */
export const refuseField = (path: string, message: string) =>
  refuse('invalid', path ? `${path}: ${message}` : `The input ${message}.`, { errors: [{ path, message }] });

/** The refusal of a cursor that no page of the list ended with. */
export const refuseCursor = () => refuseField('cursor', 'is not one that this list gave');

/**
 * The dotted path of the first text, or number beyond any amount, that `is` holds for; null when there is none. A name that
 * is it is told without itself.
 */
function findText(
  value: unknown,
  is: (text: string, path: string, kind: 'text' | 'number' | 'name') => boolean,
  path = '',
): string | null {
  if (typeof value === 'string') return is(value, path, 'text') ? path : null;
  if (typeof value === 'number')
    return value > MAX_AMOUNT_MINOR && is(String(value), path, 'number') ? path : null;
  if (typeof value !== 'object' || value === null || value instanceof Date) return null;
  for (const [key, inner] of Object.entries(value)) {
    const place = path ? `${path}.${key}` : key;
    if (is(key, place, 'name')) return path;
    const found = findText(inner, is, place);
    if (found !== null) return found;
  }
  return null;
}

/** Where a card number stands, or null. `exempt` names dotted paths that hold phone numbers or ids as text. */
const findCardNumber = (value: unknown, exempt: readonly string[]): string | null =>
  findText(
    value,
    (text, path, kind) => (kind === 'number' || !exempt.includes(path)) && holdsCardNumber(text),
  );

/** What PostgreSQL cannot store: NUL, or half of a surrogate pair. */
const UNWRITABLE = 'holds a character that no text may hold';
/** What objects take for their prototype: a schema would drop it without a word. */
const PROTOTYPE = 'holds a field named __proto__, which no field may be';

/** The first place of what no schema may be shown, and what is wrong there. */
function findBroken(value: unknown): { path: string; message: string } | null {
  let message = '';
  const path = findText(value, (text, _path, kind) => {
    if (text.includes('\0') || !isWellFormed(text)) message = UNWRITABLE;
    else if (kind === 'name' && text === '__proto__') message = PROTOTYPE;
    return message !== '';
  });
  return path === null ? null : { path, message };
}

const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

/** Refuses a card number in any text, without repeating it. */
export function refuseCardNumber(input: unknown, exempt: readonly string[] = []): Outcome<true> {
  const path = findCardNumber(input, exempt);
  if (path === null) return ok(true);
  return refuse('card_number_refused', 'A card number must never be entered here.', {
    errors: [{ path, message: 'holds a card number' }],
  });
}
