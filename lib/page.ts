import { type IdKind, isId } from '@/core/ids';
import { type Outcome, ok } from '@/core/outcome';
import { pageInput } from './contracts/common';
import { parseInput, refuseCursor } from './parse';

/** Which page is wanted of a list without filters, whose cursor is the id of the last item of the page before. */
export function parsePage(raw: unknown, kind: IdKind): Outcome<{ limit: number; after: string | undefined }> {
  const parsed = parseInput(pageInput, raw);
  if (!parsed.ok) return parsed;
  const { limit, cursor } = parsed.value;
  return cursor === undefined || isId(kind, cursor) ? ok({ limit, after: cursor }) : refuseCursor();
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
