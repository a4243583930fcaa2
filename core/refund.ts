import type { Transitions } from './transitions';

export const REFUND_STATES = ['pending', 'unknown', 'succeeded', 'failed'] as const;
export type RefundState = (typeof REFUND_STATES)[number];

/** A refund only advances. Its id is the gateway's idempotency key, so asking again never refunds twice. */
export const REFUND_TRANSITIONS: Transitions<RefundState> = {
  pending: ['unknown', 'succeeded', 'failed'],
  unknown: ['pending', 'succeeded', 'failed'],
  succeeded: [],
  failed: [],
};

/** The states in which money is promised but not known to be back: they take up room of what was captured. */
export const OPEN_REFUND_STATES = ['pending', 'unknown'] as const;

/** A request to a gateway is never repeated under the same key this long after the first: its keys live for a day. */
export const SAME_KEY_SECONDS = 23 * 3600;

/** One answer of a gateway about a refund, in our words. */
export type RefundResult =
  | { kind: 'succeeded'; gatewayReference: string }
  | { kind: 'pending'; gatewayReference: string }
  | { kind: 'failed'; reason: string; gatewayReference?: string }
  | { kind: 'unknown'; reason: string };
