import { type Outcome, ok, refuse } from '@/core/outcome';
import { dropPasswordLinks } from '@/db/queries/password-links';
import { changeUser, setDisabled } from '@/db/queries/team';
import { endAccess } from '../auth/end-access';
import { authorize, authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { changeRoleInput } from '../contracts/team';
import { parseInput } from '../parse';
import { changeMember, mayChange } from './internal';

/** Gives somebody another role. It counts from their next request on; what is open on their screen goes by it too. */
export async function changeRole(ctx: Ctx, id: string, raw: unknown): Promise<Outcome<true>> {
  const allowed = authorizeVerified(ctx, 'team:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(changeRoleInput, raw);
  if (!parsed.ok) return parsed;
  const { role } = parsed.value;
  return changeMember(ctx, id, 'user.change_role', async (tx, member) => {
    const may = await mayChange(ctx, tx, role);
    if (!may.ok) return may;
    await changeUser(tx, member, { role });
    return ok({ role: { from: member.role, to: role } });
  });
}

/** Shuts somebody out: every session and desk of theirs ends with it. */
export async function disableUser(ctx: Ctx, id: string): Promise<Outcome<true>> {
  const allowed = authorizeVerified(ctx, 'team:write');
  if (!allowed.ok) return allowed;
  return changeMember(ctx, id, 'user.disable', async (tx, member) => {
    if (!member.joinedAt) return refuse('conflict', 'They have not joined yet. Withdraw the invitation.');
    await setDisabled(tx, member, true);
    await dropPasswordLinks(tx, member);
    return ok({ ended: await endAccess(tx, member) });
  });
}

/** Lets somebody in again, with the password that they had. */
export async function enableUser(ctx: Ctx, id: string): Promise<Outcome<true>> {
  const allowed = authorizeVerified(ctx, 'team:write');
  if (!allowed.ok) return allowed;
  return changeMember(ctx, id, 'user.enable', async (tx, member) => {
    await setDisabled(tx, member, false);
    return ok({});
  });
}

/** Whether somebody may press the payment button. */
export async function switchButton(ctx: Ctx, id: string, on: boolean): Promise<Outcome<true>> {
  const allowed = authorize(ctx, 'team:write');
  if (!allowed.ok) return allowed;
  return changeMember(ctx, id, 'user.switch_button', async (tx, member) => {
    await changeUser(tx, member, { buttonEnabled: on });
    return ok({ on });
  });
}

/** Ends every session and desk of somebody, who may sign in again. */
export async function signOutUser(ctx: Ctx, id: string): Promise<Outcome<true>> {
  const allowed = authorize(ctx, 'team:write');
  if (!allowed.ok) return allowed;
  return changeMember(ctx, id, 'user.sign_out', async (tx, member) =>
    ok({ ended: await endAccess(tx, member) }),
  );
}
