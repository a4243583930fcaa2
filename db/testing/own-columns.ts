import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

/** The columns of a table that a statement may write, for one that copies its rows: those the database makes itself are left out. */
export const ownColumns = (table: PgTable): string =>
  Object.values(getTableColumns(table))
    .filter(({ generated }) => !generated)
    .map(({ name }) => name)
    .join(', ');
