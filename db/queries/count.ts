import { type SQL, type Subquery, sql } from 'drizzle-orm';

/** How many rows a statement with a limit gives, as a column of another: a count that costs no more than its limit. */
export const rowsOf = (limited: Subquery): SQL<number> => sql<number>`(select count(*)::int from ${limited})`;
