import * as z from 'zod';

/** Minor units of the currency beside it. */
export const minor = z.int();

/** ISO 8601 in UTC, with milliseconds. */
export const time = z.iso.datetime({ precision: 3 });

/** An instant as it is asked for: ISO 8601 with `Z` or an offset. */
export const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value));

/** A span of time in a filter, half-open: spans join without a gap or an overlap. */
export const createdBetween = {
  createdFrom: instant.optional().meta({ description: 'From this instant on.' }),
  createdTo: instant.optional().meta({ description: 'Before this instant.' }),
};

/** Who made an object. */
export const maker = z.strictObject({ kind: z.string(), id: z.string().nullable(), name: z.string() });

export type Page<T> = { data: T[]; nextCursor: string | null };

/** A whole number in a query: as digits, so that no other spelling (`0x10`, `1e2`, nothing) passes for one. */
export const wholeNumber = (least: number, most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
    z.int().min(least).max(most),
  );

/** How every list is walked: `cursor` is the `nextCursor` of the page before. */
export const paging = {
  limit: wholeNumber(1, 100).default(25),
  cursor: z.string().max(64).optional(),
};
export const pageInput = z.strictObject(paging);

/** A page of a list. `nextCursor` is null on the last one. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ data: z.array(item), nextCursor: z.string().nullable() });
