import { type Outcome, ok, refuse } from '@/core/outcome';
import { type Permission, roleMay } from '@/core/permissions';
import type { Ctx } from './context';

/**
 * As `authorize`, for what a left-open desk must not be enough for: a person must have proved who they are within the last
 * five minutes. A machine proves it with every call.
 */
export function authorizeVerified(ctx: Ctx, permission: Permission): Outcome<true> {
  const allowed = authorize(ctx, permission);
  if (!allowed.ok || ctx.actor.kind !== 'user' || ctx.actor.verified) return allowed;
  return refuse('step_up_required', 'Confirm that it is you. Nothing was done yet.');
}

/** The first step of every verb: may this actor do this? Payers, gateways and jobs have verbs of their own. */
export function authorize(ctx: Ctx, permission: Permission): Outcome<true> {
  const { actor } = ctx;
  const may =
    (actor.kind === 'user' && roleMay(actor.role, permission)) ||
    (actor.kind === 'agent' && roleMay('agent', permission)) ||
    (actor.kind === 'api_client' && actor.scopes.includes(permission));
  if (may) return ok(true);
  return refuse('forbidden', `This needs the permission ${permission}.`);
}
