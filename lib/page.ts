import { type IdKind, isId } from '@/core/ids';
import { type Outcome, ok } from '@/core/outcome';
import type { Part } from '@/db/queries/part';
import { type Page, pageInput } from './contracts/common';
import { parseInput, refuseCursor } from './parse';

/** The page that is wanted of a list without filters, whose cursor is the id of the last item of the page before. */
export async function readPage<Row extends { id: string }, Item>(
  raw: unknown,
  kind: IdKind,
  list: (part: Part) => Promise<Row[]>,
  view: (row: Row) => Item,
): Promise<Outcome<Page<Item>>> {
  const parsed = parseInput(pageInput, raw);
  if (!parsed.ok) return parsed;
  const { limit, cursor } = parsed.value;
  if (cursor !== undefined && !isId(kind, cursor)) return refuseCursor();
  const rows = await list({ after: cursor, limit: limit + 1 });
  const { page, nextCursor } = cutPage(rows, limit, ({ id }) => id);
  return ok({ data: page.map(view), nextCursor });
}

/** A page out of rows that were read one beyond it, and the cursor behind it: of its last row, null on the last page. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string,
): { page: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { page, nextCursor: last === undefined ? null : cursorOf(last) };
}
