import { type SQL, sql } from 'drizzle-orm';

/** This moment on the database's clock, for values that verbs write. */
export const dbNow: SQL<Date> = sql`cf_now()`;
/** `milliseconds` after this moment on the database's clock. */
export const dbNowPlus = (milliseconds: number): SQL<Date> =>
  sql`cf_now() + make_interval(secs => ${milliseconds / 1000})`;
