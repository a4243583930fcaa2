'use server';
import { staffAction } from '@/app/_server/staff';
import { resetFactors } from '@/lib/auth';
import {
  changeRole,
  disableUser,
  enableUser,
  inviteUser,
  resendInvitation,
  signOutUser,
  switchButton,
  withdrawInvitation,
} from '@/lib/team';

export const invite = staffAction('invite_user', ({ ctx }, input: object) => inviteUser(ctx, input));

export const inviteAgain = staffAction('resend_invitation', ({ ctx }, id: string) =>
  resendInvitation(ctx, String(id)),
);

export const withdraw = staffAction('withdraw_invitation', ({ ctx }, id: string) =>
  withdrawInvitation(ctx, String(id)),
);

export const giveRole = staffAction('change_role', ({ ctx }, id: string, role: string) =>
  changeRole(ctx, String(id), { role }),
);

export const disable = staffAction('disable_user', ({ ctx }, id: string) => disableUser(ctx, String(id)));

export const enable = staffAction('enable_user', ({ ctx }, id: string) => enableUser(ctx, String(id)));

export const setButton = staffAction('switch_button', ({ ctx }, id: string, on: boolean) =>
  switchButton(ctx, String(id), on === true),
);

/** Ends every session and desk of somebody. */
export const signOut = staffAction('sign_out_user', ({ ctx }, id: string) => signOutUser(ctx, String(id)));

/** Takes away the second factors of somebody who has lost them. */
export const dropFactors = staffAction('reset_factors', ({ ctx }, id: string) =>
  resetFactors(ctx, { user: String(id) }),
);
