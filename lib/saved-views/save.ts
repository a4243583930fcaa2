import { isId } from '@/core/ids';
import { withPeriod } from '@/core/link-period';
import { sortFault } from '@/core/link-sort';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import {
  changeSavedView,
  deleteSavedView,
  insertSavedView,
  lockOwnViews,
  lockSavedView,
  type SavedViewRow,
} from '@/db/queries/saved-views';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { changeViewInput, saveViewInput, viewFilter } from '../contracts/saved-views';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { parseInput, refuseField } from '../parse';
import { transact } from '../transact';
import { mayChange, personIn } from './internal';

const MOST = 50;

/** Keeps a filter and an order of the list under a name. */
export async function saveView(ctx: Ctx, raw: unknown): Promise<Outcome<{ id: string }>> {
  const person = personIn(ctx, 'account:write');
  if (!person.ok) return person;
  const parsed = parseInput(saveViewInput, raw);
  if (!parsed.ok) return parsed;
  const { name, shared } = parsed.value;
  const allowed = checkView(ctx, parsed.value);
  if (!allowed.ok) return allowed;
  const id = newId('savedView');
  return transact(ctx, async (tx) => {
    const views = await lockOwnViews(tx, person.value);
    if (views.length >= MOST)
      return refuse('conflict', `You have ${MOST} views, which is the most. Delete one first.`);
    const free = nameIsFree(views, name);
    if (!free.ok) return free;
    await insertSavedView(tx, { ...person.value, ...parsed.value, id });
    await audit(ctx, tx, 'saved_view.create', id, { name, shared });
    return ok({ id });
  });
}

/** Renames a view, sets what it asks for, shows it to everybody or to its person alone. */
export async function changeView(ctx: Ctx, id: string, raw: unknown): Promise<Outcome<true>> {
  const person = personIn(ctx, 'account:write');
  if (!person.ok) return person;
  const parsed = parseInput(changeViewInput, raw);
  if (!parsed.ok) return parsed;
  const to = parsed.value;
  const allowed = checkView(ctx, to);
  if (!allowed.ok) return allowed;
  return transact(ctx, async (tx) => {
    const found = await findView(ctx, tx, id);
    if (!found.ok) return found;
    const { merchantId, userId, name, shared } = found.value;
    const others = await lockOwnViews(tx, { merchantId, userId });
    const free = nameIsFree(
      others.filter((one) => one.id !== id),
      to.name,
    );
    if (!free.ok) return free;
    await changeSavedView(tx, { merchantId, id }, to);
    await audit(ctx, tx, 'saved_view.update', id, {
      from: { name, shared },
      to: { ...to, filter: undefined },
    });
    return ok(true);
  });
}

/** Takes a view away. Links stay. */
export async function deleteView(ctx: Ctx, id: string): Promise<Outcome<true>> {
  const person = personIn(ctx, 'account:write');
  if (!person.ok) return person;
  return transact(ctx, async (tx) => {
    const found = await findView(ctx, tx, id);
    if (!found.ok) return found;
    const { merchantId, name, shared } = found.value;
    await deleteSavedView(tx, { merchantId, id });
    await audit(ctx, tx, 'saved_view.delete', id, { name, shared });
    return ok(true);
  });
}

type Wished = { filter?: Record<string, string> | undefined; shared?: boolean | undefined };

/** What is asked for must be what the list answers. */
function checkView(ctx: Ctx, { filter, shared }: Wished): Outcome<unknown> {
  const allowed = shared ? authorize(ctx, 'saved_views:share') : ok(true);
  if (!allowed.ok || !filter) return allowed;
  const asked = parseInput(viewFilter, withPeriod(filter, 'UTC'));
  if (!asked.ok) return asked;
  const fault = sortFault(asked.value);
  return fault ? refuseField(...fault) : ok(true);
}

const nameIsFree = (views: SavedViewRow[], name: string | undefined): Outcome<true> =>
  views.some((view) => view.name.toLowerCase() === name?.toLowerCase())
    ? refuse('conflict', 'There is a view of this name. Choose another name, or change that view.')
    : ok(true);

/** Of another person's own view nobody learns that it is there. */
async function findView(ctx: Ctx, tx: Executor, id: string): Promise<Outcome<SavedViewRow>> {
  const { merchantId } = ctx;
  const view = isId('savedView', id) ? await lockSavedView(tx, { merchantId, id }) : undefined;
  if (view && mayChange(ctx, view)) return ok(view);
  return view?.shared
    ? refuse('forbidden', 'Only owners and admins change a view that is shown to everybody.')
    : refuse('not_found', 'There is no such view.');
}
