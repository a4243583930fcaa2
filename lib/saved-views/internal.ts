import { type Outcome, ok, refuse } from '@/core/outcome';
import { type Permission, roleMay } from '@/core/permissions';
import type { SavedViewRow } from '@/db/queries/saved-views';
import { authorize } from '../authorize';
import type { Ctx } from '../context';

/** Whose list it is: views and looks belong to people. */
export function personIn(ctx: Ctx, permission: Permission): Outcome<{ merchantId: number; userId: string }> {
  const allowed = authorize(ctx, permission);
  if (!allowed.ok) return allowed;
  const { actor, merchantId } = ctx;
  return actor.kind === 'user'
    ? ok({ merchantId, userId: actor.id })
    : refuse('forbidden', 'Only a person has views of their own.');
}

export const mayShare = ({ actor }: Ctx): boolean =>
  actor.kind === 'user' && roleMay(actor.role, 'saved_views:share');

/** A view that is shown to everybody is changed by who may show one; any other by its own person. */
export const mayChange = (ctx: Ctx, { shared, userId }: SavedViewRow): boolean =>
  shared ? mayShare(ctx) : ctx.actor.kind === 'user' && ctx.actor.id === userId;
