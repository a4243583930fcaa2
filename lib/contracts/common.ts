import * as z from 'zod';

/** Minor units of the currency beside it. */
export const minor = z.int();

/** ISO 8601 in UTC, with milliseconds. */
export const time = z.iso.datetime({ precision: 3 });

/** Who made an object. */
export const maker = z.strictObject({ kind: z.string(), id: z.string().nullable(), name: z.string() });

export type Page<T> = { data: T[]; nextCursor: string | null };

/** A page of a list. `nextCursor` is null on the last one. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ data: z.array(item), nextCursor: z.string().nullable() });
