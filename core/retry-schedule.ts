const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Delays since the previous try of a webhook, in milliseconds. After the last, daily until day 30. */
export const RETRY_DELAYS_MS: readonly number[] = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
const DAY_MS = 24 * HOUR;
export const RETRY_LIMIT_MS = 30 * DAY_MS;

/**
 * Milliseconds until the next try, or null when the schedule is over.
 * `triesDone` counts from 1; `ageMs` is the age of the event; `jitter` is a number from -1 to 1 and moves it by ±20 %.
 */
export function retryDelayMs(triesDone: number, ageMs: number, jitter: number): number | null {
  const base = RETRY_DELAYS_MS[triesDone] ?? DAY_MS;
  const delay = Math.round(base * (1 + 0.2 * jitter));
  return ageMs + delay > RETRY_LIMIT_MS ? null : delay;
}

export const DELIVERY_STATES = ['pending', 'succeeded', 'retrying', 'exhausted', 'disabled'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const MESSAGE_STATES = [
  'queued',
  'sent',
  'delivered',
  'undelivered',
  'bounced',
  'suppressed',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];
