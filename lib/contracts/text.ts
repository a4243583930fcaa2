import * as z from 'zod';

/** Characters that can make a name or text read as something else: bidi controls, zero-width, other controls. */
const DECEIVING = /[\p{Cc}\p{Cf}]/gu;

/** Text of 1 to `max` characters, without what deceives. */
export const plain = (max: number) =>
  z
    .string()
    .transform((value) => value.replace(DECEIVING, '').trim())
    .pipe(z.string().min(1).max(max))
    .meta({ minLength: 1, maxLength: max });
