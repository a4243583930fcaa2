import type * as z from 'zod';
import { holdsCardNumber } from '@/core/card-rules';
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

/** The second step of a verb: input to a checked value, or the fields that are wrong. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): Outcome<T> {
  const result = schema.safeParse(input);
  if (result.success) return ok(result.data);
  const errors = fieldErrors(result.error);
  const first = errors[0];
  return refuse('invalid', first?.path ? `${first.path}: ${first.message}` : 'The input is not valid.', {
    errors,
  });
}

/** Where free text holds a card number, or null. `exempt` names dotted paths that hold phone numbers or ids. */
export function findCardNumber(value: unknown, exempt: readonly string[], path = ''): string | null {
  if (exempt.includes(path)) return null;
  if (typeof value === 'string') return holdsCardNumber(value) ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const place = path ? `${path}.${key}` : key;
    if (holdsCardNumber(key)) return place;
    const found = findCardNumber(inner, exempt, place);
    if (found !== null) return found;
  }
  return null;
}
