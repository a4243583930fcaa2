import { type Outcome, ok } from '@/core/outcome';
import { mayManage } from '@/core/permissions';
import { listProtected } from '@/db/queries/second-factors';
import { listTeam as listRows, type TeamRow } from '@/db/queries/team';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { type Invitation, type Team, type TeamMember, teamFilter } from '../contracts/team';
import { parseInput } from '../parse';
import { executor } from '../transact';

const MOST = 200;

/** The people of this merchant by name, as far as they fit the filter, 200 at the most. */
export async function listTeam(ctx: Ctx, raw: unknown = {}): Promise<Outcome<Team>> {
  const allowed = authorize(ctx, 'team:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(teamFilter, raw);
  if (!parsed.ok) return parsed;
  const rows = await listRows(executor(ctx), ctx.merchantId, parsed.value, MOST + 1);
  const shown = rows.slice(0, MOST);
  const ids = shown.map(({ user }) => user.id);
  const has = await listProtected(executor(ctx), ctx.merchantId, ids);
  const members = shown.map((row) => memberView(ctx, row, has.has(row.user.id)));
  return ok({ members, isCut: rows.length > MOST });
}

function memberView(
  { actor }: Ctx,
  { user, lastSeenAt, invitation, isOver }: TeamRow,
  hasSecondFactor: boolean,
): TeamMember {
  const { id, name, email, role, buttonEnabled, joinedAt, disabledAt } = user;
  const isSelf = actor.kind === 'user' && actor.id === id;
  return {
    ...{ id, name, email, role, buttonEnabled, isSelf, hasSecondFactor },
    state: disabledAt ? 'disabled' : joinedAt ? 'active' : 'invited',
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    invitation: invitation && invitationView(invitation, isOver === true),
    mayManage: !isSelf && actor.kind === 'user' && mayManage(actor.role, role),
  };
}

function invitationView(
  { expiresAt, sentAt, failure }: NonNullable<TeamRow['invitation']>,
  isOver: boolean,
): Invitation | null {
  const letter = failure !== null ? 'failed' : sentAt ? 'sent' : 'on_its_way';
  return expiresAt && { expiresAt: expiresAt.toISOString(), isOver, letter, failure };
}
