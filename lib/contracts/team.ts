import * as z from 'zod';
import { ROLES, type Role, USER_STATES, type UserState } from '@/core/permissions';
import { plain } from './text';

const role = z.enum(ROLES);

export const inviteInput = z.strictObject({
  name: plain(100),
  email: z.string().trim().toLowerCase().pipe(z.email('is no e-mail address').max(254)),
  role,
});
export const changeRoleInput = z.strictObject({ role });

/** What a list is narrowed by; what is no filter narrows nothing. */
export const teamFilter = z.object({
  text: z.string().trim().min(1).max(100).optional().catch(undefined),
  role: role.optional().catch(undefined),
  state: z.enum(USER_STATES).optional().catch(undefined),
});

/** What became of an invitation's letter, and until when its link works; null: it never was or is no more. */
export type Invitation = {
  expiresAt: string;
  isOver: boolean;
  letter: 'on_its_way' | 'sent' | 'failed';
  failure: string | null;
};

export type TeamMember = {
  id: string;
  name: string;
  email: string;
  role: Role;
  state: UserState;
  buttonEnabled: boolean;
  hasSecondFactor: boolean;
  lastSeenAt: string | null;
  invitation: Invitation | null;
  isSelf: boolean;
  /** Whether whoever reads this may change them. */
  mayManage: boolean;
};
/** `isCut`: there are more than are listed. */
export type Team = { members: TeamMember[]; isCut: boolean };
