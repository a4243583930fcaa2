import { USUAL_LOOK } from '@/core/list-look';
import { type Outcome, ok } from '@/core/outcome';
import { findListLook, listSavedViews } from '@/db/queries/saved-views';
import type { Ctx } from '../context';
import type { ListViews } from '../contracts/saved-views';
import { executor } from '../transact';
import { mayChange, mayShare, personIn } from './internal';

/** The views of whoever looks and those shown to everybody, and how they have the list. */
export async function readListViews(ctx: Ctx): Promise<Outcome<ListViews>> {
  const person = personIn(ctx, 'payment_links:read');
  if (!person.ok) return person;
  const rows = await listSavedViews(executor(ctx), person.value);
  const views = rows.map((row) => {
    const { id, name, filter, shared } = row;
    return { id, name, filter, shared, mayChange: mayChange(ctx, row) };
  });
  const look = (await findListLook(executor(ctx), person.value)) ?? USUAL_LOOK;
  return ok({ views, look, mayShare: mayShare(ctx) });
}
