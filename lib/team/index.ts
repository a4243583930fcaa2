export { changeRole, disableUser, enableUser, signOutUser, switchButton } from './change';
export { inviteUser, resendInvitation, withdrawInvitation } from './invite';
export { listTeam } from './list';
