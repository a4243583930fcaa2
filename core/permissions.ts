export const ROLES = ['owner', 'admin', 'agent', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** What can be done, and by which role. API clients hold the same words as scopes. */
export const PERMISSIONS = {
  'payment_links:read': ['owner', 'admin', 'agent', 'viewer'],
  'payment_links:create': ['owner', 'admin', 'agent'],
  'payment_links:send': ['owner', 'admin', 'agent'],
  'payment_links:cancel': ['owner', 'admin', 'agent'],
  'webhooks:read': ['owner', 'admin', 'viewer'],
  'webhooks:write': ['owner', 'admin'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;
export const SCOPES = Object.keys(PERMISSIONS) as Permission[];

export const roleMay = (role: Role, permission: Permission): boolean =>
  (PERMISSIONS[permission] as readonly Role[]).includes(role);
