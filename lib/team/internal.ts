import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { mayManage, type Role } from '@/core/permissions';
import type { Executor } from '@/db/client';
import type { UserRow } from '@/db/queries/merchants';
import { findUser, lockTeam } from '@/db/queries/team';
import type { Ctx } from '../context';
import { audit } from '../events/audit';
import { transact } from '../transact';

export const NOBODY = refuse('not_found', 'There is no such person in your team any more.');
const NOT_YOURSELF = refuse('forbidden', 'Nobody changes their own access. Ask another owner.');
const ONLY_OWNERS = refuse('forbidden', 'Only an owner changes owners and admins.');

/** The role of who acts, as it stands now, not as it stood when the request came; null where they are shut out. */
async function roleNow({ actor, merchantId }: Ctx, tx: Executor): Promise<Role | null> {
  const user = actor.kind === 'user' ? await findUser(tx, { merchantId, id: actor.id }) : undefined;
  return user && !user.disabledAt ? user.role : null;
}

/** May who acts, as they stand now, give this role, or change whoever has it? */
export async function mayChange(ctx: Ctx, tx: Executor, role: Role): Promise<Outcome<true>> {
  const own = await roleNow(ctx, tx);
  return own && mayManage(own, role) ? ok(true) : ONLY_OWNERS;
}

/**
 * Changes somebody else of the team. One change of a team is made at a time, by somebody who still may, and never to oneself:
 * so an owner is left after every one of them. `work` gives what is noted in the audit.
 */
export async function changeMember(
  ctx: Ctx,
  id: string,
  action: string,
  work: (tx: Executor, member: UserRow) => Promise<Outcome<Record<string, unknown>>>,
): Promise<Outcome<true>> {
  if (!isId('user', id)) return NOBODY;
  return transact(ctx, async (tx) => {
    await lockTeam(tx, ctx.merchantId);
    const member = await findUser(tx, { merchantId: ctx.merchantId, id });
    if (!member) return NOBODY;
    if (ctx.actor.kind === 'user' && ctx.actor.id === id) return NOT_YOURSELF;
    const may = await mayChange(ctx, tx, member.role);
    if (!may.ok) return may;
    const done = await work(tx, member);
    if (!done.ok) return done;
    await audit(ctx, tx, action, id, done.value);
    return ok(true);
  });
}
