import { type Outcome, ok, refuse } from '@/core/outcome';
import { type Permission, roleMay } from '@/core/permissions';
import type { Ctx } from './context';

/** The first step of every verb: may this actor do this? Payers, gateways and jobs have verbs of their own. */
export function authorize(ctx: Ctx, permission: Permission): Outcome<true> {
  const { actor } = ctx;
  const may =
    (actor.kind === 'user' && roleMay(actor.role, permission)) ||
    (actor.kind === 'api_client' && actor.scopes.includes(permission));
  if (may) return ok(true);
  return refuse('forbidden', `This needs the permission ${permission}.`);
}
