/** Everything that can be told to a merchant's endpoint, dotted and in the past tense. */
export const EVENT_TYPES = [
  'payment_link.created',
  'payment_link.updated',
  'payment_link.sent',
  'payment_link.opened',
  'payment_link.locked',
  'payment_link.unlocked',
  'payment_link.expiring_soon',
  'payment_link.expired',
  'payment_link.reissued',
  'payment_link.canceled',
  'payment_link.paid',
  'payment_link.partially_paid',
  'payment_link.late_payment',
  'payment_attempt.started',
  'payment_attempt.requires_action',
  'payment_attempt.authorized',
  'payment_attempt.succeeded',
  'payment_attempt.declined',
  'payment_attempt.failed',
  'payment_attempt.abandoned',
  'payment_attempt.unknown',
  'payment_attempt.resolved',
  'refund.created',
  'refund.succeeded',
  'refund.failed',
  'dispute.opened',
  'dispute.closed',
  'message.sent',
  'message.delivered',
  'message.undelivered',
  'message.bounced',
  'message.suppressed',
  'webhook_endpoint.disabled',
  'test.ping',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** How far back events can be sent again. */
export const REPLAY_DAYS = 30;

export const API_VERSION = '2026-11-01';
