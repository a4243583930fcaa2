import * as z from 'zod';
import { LINK_LIFETIME_SECONDS } from './payment-link';

/** What a reminder is counted from. */
export const REMINDER_BASES = ['issue', 'expiry'] as const;
export type ReminderBasis = (typeof REMINDER_BASES)[number];

export const REMINDER_STATES = ['waiting', 'queued', 'skipped'] as const;

export const MAX_REMINDERS = 5;
/** One that is later than this is not sent any more: the worker was down, or the profile has only now asked for it. */
export const REMINDER_LATE_SECONDS = 12 * 3600;

const minutes = z
  .array(
    z
      .int()
      .min(1)
      .max(LINK_LIFETIME_SECONDS / 60),
  )
  .max(MAX_REMINDERS);
/** When a profile reminds, in minutes, each once. */
export const reminderTimes = z
  .strictObject({ afterIssue: minutes, beforeExpiry: minutes })
  .refine(({ afterIssue, beforeExpiry }) => afterIssue.length + beforeExpiry.length <= MAX_REMINDERS, {
    error: `at most ${MAX_REMINDERS} reminders`,
  })
  .refine(
    ({ afterIssue, beforeExpiry }) =>
      [afterIssue, beforeExpiry].every((all) => new Set(all).size === all.length),
    { error: 'a time is there twice' },
  );

const HOURS = /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/;
/** `21:00-08:00` by the payer's clock: may go over midnight. */
export const quietHours = z
  .string()
  .regex(HOURS)
  .refine((text) => text.slice(0, 5) !== text.slice(6), {
    error: 'they end when they begin',
  });

function clockOf(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}

function isQuiet(at: Date, hours: string, timeZone: string): boolean {
  const [from, to, now] = [hours.slice(0, 5), hours.slice(6), clockOf(at, timeZone)];
  return from < to ? from <= now && now < to : now >= from || now < to;
}

const MINUTE_MS = 60_000;

/**
 * The first minute from `at` on that is not quiet, by the payer's clock. Asked of that clock minute by minute: where it is put
 * forward or back in the night, sums of hours are wrong.
 */
export function afterQuietHours(at: Date, hours: string | null, timeZone: string): Date {
  if (!hours || !isQuiet(at, hours, timeZone)) return at;
  let next = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
  while (isQuiet(new Date(next), hours, timeZone)) next += MINUTE_MS;
  return new Date(next);
}
