export const ROLES = ['owner', 'admin', 'agent', 'viewer'] as const;
export type Role = (typeof ROLES)[number];
/** How a user stands: asked to join, at work, or shut out. */
export const USER_STATES = ['invited', 'active', 'disabled'] as const;
export type UserState = (typeof USER_STATES)[number];

/** What can be done, and by which role. API clients hold the same words as scopes. */
export const PERMISSIONS = {
  'payment_links:read': ['owner', 'admin', 'agent', 'viewer'],
  'payment_links:create': ['owner', 'admin', 'agent'],
  'payment_links:send': ['owner', 'admin', 'agent'],
  /** Lift an opt-out that staff noted. */
  'opt_outs:lift': ['owner', 'admin'],
  'payment_links:cancel': ['owner', 'admin', 'agent'],
  /** Reissue, extend and unlock. */
  'payment_links:renew': ['owner', 'admin', 'agent'],
  /** Capture or give back money that is only held. */
  'payments:capture': ['owner', 'admin'],
  /** Say what became of a payment that the gateway does not tell of. */
  'payments:decide': ['owner', 'admin'],
  /** Payments that an agent takes during a call. */
  'payment_sessions:read': ['owner', 'admin', 'agent', 'viewer'],
  'payment_sessions:create': ['owner', 'admin', 'agent'],
  'refunds:read': ['owner', 'admin', 'agent', 'viewer'],
  'refunds:create': ['owner', 'admin'],
  'ledger:read': ['owner', 'admin', 'viewer'],
  /** Payments nobody knows the outcome of, differences with the gateway, alerts. */
  'reconciliation:read': ['owner', 'admin', 'viewer'],
  'reconciliation:write': ['owner', 'admin'],
  /** What staff may see and set of payment profiles; nothing of their gateways' secrets. */
  'payment_profiles:read': ['owner', 'admin', 'viewer'],
  'payment_profiles:write': ['owner', 'admin'],
  /** Says that a profile takes telephone orders (MOTO): it is in the merchant's contract with the acquirer, or not. */
  'payment_profiles:moto': ['owner'],
  /** Accounts at gateways: where the money goes is an owner's word. Nobody is ever shown their keys. */
  'gateways:read': ['owner', 'admin'],
  'gateways:write': ['owner'],
  /** Says at which domain payers are shown their pages. */
  'merchants:domain': ['owner'],
  /** How the merchant looks to payers: a person's word, under which money is asked for. */
  'branding:write': ['owner', 'admin'],
  /** Erases what names a customer, for good. */
  'customers:erase': ['owner', 'admin'],
  'webhooks:read': ['owner', 'admin', 'viewer'],
  'webhooks:write': ['owner', 'admin'],
  /** What API clients asked, and what they were answered. */
  'api_requests:read': ['owner', 'admin'],
  /** API keys and OAuth clients: who may act as a machine is for people to say. */
  'api_clients:read': ['owner', 'admin'],
  'api_clients:write': ['owner', 'admin'],
  /** Who works here, and in which role; whom one may change is for `mayManage` to say. */
  'team:read': ['owner', 'admin'],
  'team:write': ['owner', 'admin'],
  /** Who did what, and whether that is still as it was written. */
  'audit:read': ['owner', 'admin'],
  /** What an assessor of card data asks for. */
  'evidence:read': ['owner', 'admin'],
  /** One's own: password, second factors, sessions, time zone, views and look of lists. */
  'account:write': ['owner', 'admin', 'agent', 'viewer'],
  /** Show a view of a list to everybody, and change one that is. */
  'saved_views:share': ['owner', 'admin'],
  /** Take away the second factors of somebody who has lost them. */
  'factors:reset': ['owner'],
  /** At which provider people sign in, and which role it gives them: who may come in is an owner's word. */
  'single_sign_on:write': ['owner'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;
const FOR_PEOPLE: readonly Permission[] = [
  'opt_outs:lift',
  'payments:decide',
  'payment_profiles:moto',
  'gateways:read',
  'gateways:write',
  'merchants:domain',
  'branding:write',
  'customers:erase',
  'api_clients:read',
  'api_clients:write',
  'team:read',
  'team:write',
  'audit:read',
  'evidence:read',
  'account:write',
  'saved_views:share',
  'factors:reset',
  'single_sign_on:write',
];
/** What an API client can hold: all but what only people may do. */
export const SCOPES = (Object.keys(PERMISSIONS) as Permission[]).filter((one) => !FOR_PEOPLE.includes(one));

export const roleMay = (role: Role, permission: Permission): boolean =>
  (PERMISSIONS[permission] as readonly Role[]).includes(role);

/** Whose role, access and sessions a person may change: owners everybody's, admins those of agents and viewers. */
export const mayManage = (role: Role, other: Role): boolean =>
  role === 'owner' || (role === 'admin' && (other === 'agent' || other === 'viewer'));
