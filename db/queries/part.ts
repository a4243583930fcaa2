import { type Column, gt, type SQL } from 'drizzle-orm';

/** The rows behind `after` in the order of a list, so many at the most; without it all of them. */
export type Part = { after?: string | undefined; limit: number };

/** Of a list in the order of its ids: the rows behind those that were read; undefined for all. */
export const behind = (id: Column, part: Part | undefined): SQL | undefined =>
  part?.after === undefined ? undefined : gt(id, part.after);
