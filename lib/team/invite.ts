import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import type { UserRow } from '@/db/queries/merchants';
import { deleteInvited, insertInvited, lockTeam } from '@/db/queries/team';
import { makePasswordLink } from '../auth/password-link';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { inviteInput } from '../contracts/team';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { parseInput, refuseField } from '../parse';
import { queueStaffLetter } from '../staff-letters/queue';
import { transact } from '../transact';
import { changeMember, mayChange } from './internal';

const HAS_JOINED = refuse('conflict', 'They have joined meanwhile.');

/**
 * Asks somebody to join in a role, by a letter with a link that works once, for 72 hours. Who has the same address at another
 * merchant is asked all the same, so that nothing is told of it: only whoever opens the link learns that it cannot be used.
 */
export async function inviteUser(ctx: Ctx, raw: unknown): Promise<Outcome<{ id: string }>> {
  const allowed = authorizeVerified(ctx, 'team:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(inviteInput, raw);
  if (!parsed.ok) return parsed;
  const { name, email, role } = parsed.value;
  const { merchantId } = ctx;
  return transact(ctx, async (tx) => {
    await lockTeam(tx, merchantId);
    const may = await mayChange(ctx, tx, role);
    if (!may.ok) return may;
    const id = newId('user');
    if (!(await insertInvited(tx, { merchantId, id, email, name, role })))
      return refuseField('email', 'is on your team already');
    await sendInvitation(ctx, tx, { merchantId, id });
    await audit(ctx, tx, 'user.invite', id, { email, name, role });
    return ok({ id });
  });
}

async function sendInvitation(ctx: Ctx, tx: Executor, user: Pick<UserRow, 'merchantId' | 'id'>) {
  const link = await makePasswordLink(tx, user, 'invitation');
  await queueStaffLetter(ctx, tx, user.id, 'invitation', link);
}

/** A new letter with a new link and a fresh 72 hours; the link before works no more. */
export async function resendInvitation(ctx: Ctx, id: string): Promise<Outcome<true>> {
  const allowed = authorizeVerified(ctx, 'team:write');
  if (!allowed.ok) return allowed;
  return changeMember(ctx, id, 'user.invite_again', async (tx, member) => {
    if (member.joinedAt) return HAS_JOINED;
    await sendInvitation(ctx, tx, member);
    return ok({ email: member.email });
  });
}

/** Takes an invitation back: its link works no more, and the person is no part of the team. */
export async function withdrawInvitation(ctx: Ctx, id: string): Promise<Outcome<true>> {
  const allowed = authorizeVerified(ctx, 'team:write');
  if (!allowed.ok) return allowed;
  return changeMember(ctx, id, 'user.withdraw_invitation', async (tx, member) => {
    const { email, role } = member;
    return (await deleteInvited(tx, member)) ? ok({ email, role }) : HAS_JOINED;
  });
}
