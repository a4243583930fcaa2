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
 * `triesDone` counts from 1; `ageMs` is the time since the schedule began; `jitter` is a number from -1 to 1 and moves it by ±20 %.
 */
export function retryDelayMs(triesDone: number, ageMs: number, jitter: number): number | null {
  const base = RETRY_DELAYS_MS[triesDone] ?? DAY_MS;
  const delay = Math.round(base * (1 + 0.2 * jitter));
  return ageMs + delay > RETRY_LIMIT_MS ? null : delay;
}

/** An endpoint whose every try has failed for this long is switched off. */
export const DISABLE_AFTER_MS = 5 * DAY_MS;
/** When an endpoint is switched off that has failed since, and goes on failing. */
export const disablesAt = (failingSince: Date): Date => new Date(failingSince.getTime() + DISABLE_AFTER_MS);
/** How much of the way to being disabled is gone, in whole percent, cut down. */
export const failingPercent = (failingMs: number): number =>
  Math.min(100, Math.max(0, Math.floor((failingMs * 100) / DISABLE_AFTER_MS)));
/** Operators are told at these shares of the way there. */
const ALERT_PERCENTS: readonly number[] = [50, 70, 90, 100];

/** The share of the way to being disabled that an endpoint has passed, of those that are told; 0 before the first. */
export const alertPercent = (failingMs: number): number =>
  ALERT_PERCENTS.findLast((percent) => failingMs * 100 >= DISABLE_AFTER_MS * percent) ?? 0;

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

/** What a message to a customer is: the link itself, a reminder of it, the passcode that its page asks for, or the receipt. */
export const MESSAGE_TEMPLATES = ['payment_request', 'reminder', 'passcode', 'receipt'] as const;
export type MessageTemplate = (typeof MESSAGE_TEMPLATES)[number];

const READ_DELAYS_SECONDS: readonly number[] = [3, 5, 10, 20, 30];
const READS_IN_THE_FIRST_HOUR = 60;

/** Seconds until a gateway is read again for an open outcome: soon, then each minute for an hour, then every ten. */
export const readDelaySeconds = (reads: number): number =>
  READ_DELAYS_SECONDS[reads - 1] ?? (reads <= READS_IN_THE_FIRST_HOUR ? 60 : 600);

/** An outcome that has been open for so long is an operator's matter; it is still never decided by time alone. */
export const OPERATOR_AFTER_SECONDS = 24 * 3600;
