import { type Outcome, ok } from '@/core/outcome';
import { listSavedViews } from '@/db/queries/saved-views';
import type { Ctx } from '../context';
import type { ListViews } from '../contracts/saved-views';
import { executor } from '../transact';
import { mayChange, mayShare, personIn } from './internal';

/** The views of whoever looks and those shown to everybody. */
export async function readListViews(ctx: Ctx): Promise<Outcome<ListViews>> {
  const person = personIn(ctx, 'payment_links:read');
  if (!person.ok) return person;
  const rows = await listSavedViews(executor(ctx), person.value);
  const views = rows.map((row) => {
    const { id, name, filter, shared } = row;
    return { id, name, filter, shared, mayChange: mayChange(ctx, row) };
  });
  return ok({ views, mayShare: mayShare(ctx) });
}
