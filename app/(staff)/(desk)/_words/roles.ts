import { mayManage, ROLES, type Role } from '@/core/permissions';

export const ROLE_NAMES: Record<Role, string> = {
  owner: 'Owner',
  admin: 'Admin',
  agent: 'Agent',
  viewer: 'Viewer',
};

const WHAT: Record<Role, string> = {
  owner: 'Does everything, and says who the owners and admins are.',
  admin: 'Does everything but what only owners do.',
  agent: 'Takes payments: issues links, sends them, takes cards during calls.',
  viewer: 'Sees links and money, and changes nothing.',
};

/** The roles that somebody of this role may give, each with what it means. */
export const rolesToGive = (role: Role) =>
  ROLES.filter((one) => mayManage(role, one)).map((value) => ({
    value,
    label: ROLE_NAMES[value],
    what: WHAT[value],
  }));
