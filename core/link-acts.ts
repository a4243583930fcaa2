import type { ErrorCode } from './outcome';
import type { Permission } from './permissions';

/** What people do with a payment link, each with the permission it needs. `change` is what it is for, and its end. */
export const LINK_ACTS = {
  send: 'payment_links:send',
  change: 'payment_links:renew',
  reissue: 'payment_links:renew',
  unlock: 'payment_links:renew',
  /** Grant or refuse the customer's wish for a new link. */
  decide: 'payment_links:renew',
  cancel: 'payment_links:cancel',
  capture: 'payments:capture',
  void: 'payments:capture',
  /** Say whether it was charged, of a payment that the gateway does not tell of. */
  settle: 'payments:decide',
  refund: 'refunds:create',
  /** Erase what names the customer, for good. */
  erase: 'customers:erase',
} as const satisfies Record<string, Permission>;
export type LinkAct = keyof typeof LINK_ACTS;

/** Whether an act goes now: why its verb would refuse the link as it stands, and whether the person's role includes it. */
export type ActState = { refusal: ErrorCode | 'no_address' | null; permitted: boolean };
export type ActStates = Record<LinkAct, ActState>;
