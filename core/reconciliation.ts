import type { LedgerKind } from './ledger';

/** What became of a gateway's notification. `waiting`: it speaks of something that has not reached us yet. */
export const NOTIFICATION_STATES = ['received', 'waiting', 'applied', 'ignored', 'quarantined'] as const;
export type NotificationState = (typeof NOTIFICATION_STATES)[number];

/** What an operator must know and may put away once it is dealt with. */
export const ALERT_KINDS = [
  'unknown_attempt',
  'unknown_refund',
  'mismatch',
  'duplicate_charge',
  'decided_otherwise',
  'balance_difference',
  'card_testing',
  'link_requests',
  'webhook_endpoint_failing',
  'recording_off',
  'page_changed',
  'page_not_looked_at',
  'audit_trail_broken',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/**
 * What the nightly balance may find: money that only the gateway tells of, or only our ledger; another amount; money of
 * which no event told; a link whose totals are not the sums of its entries.
 */
export const GAP_KINDS = [
  'missing_here',
  'missing_at_gateway',
  'amount',
  'missing_event',
  'link_total',
] as const;
export type GapKind = (typeof GAP_KINDS)[number];

/**
 * One thing that does not agree. `reference` is that of the payment (of the link, for `link_total`); `entry` says what
 * kind of movement it is about, null where it is about a link's totals. Amounts are positive, the entry gives the direction.
 */
export type BalanceGap = {
  kind: GapKind;
  entry: LedgerKind | null;
  reference: string;
  hereMinor: number | null;
  gatewayMinor: number | null;
};

/** What waits for a person is counted so far and no further: a screen says "99+". */
export const COUNTED_TO = 100;

/** An outcome that nobody knows for longer than this is worth a person's look. */
export const LONG_UNKNOWN_SECONDS = 120;

/** A payer has asked for a new link. `pending` waits for staff; one that the rule does not allow is not noted. */
export const LINK_REQUEST_STATES = ['pending', 'sent', 'refused'] as const;
export type LinkRequestState = (typeof LINK_REQUEST_STATES)[number];
