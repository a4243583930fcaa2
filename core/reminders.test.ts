import { expect, test } from 'vitest';
import { afterQuietHours, quietHours, reminderTimes } from './reminders';

const NIGHT = '21:00-08:00';

test.each([
  ['by day, at once', '2026-11-26T12:00:30Z', NIGHT, 'Europe/Berlin', '2026-11-26T12:00:30Z'],
  ['before midnight', '2026-11-26T20:00:30Z', NIGHT, 'Europe/Berlin', '2026-11-27T07:00:00Z'],
  ['after midnight', '2026-11-27T02:10:00Z', NIGHT, 'Europe/Berlin', '2026-11-27T07:00:00Z'],
  ['at their end', '2026-11-27T07:00:00Z', NIGHT, 'Europe/Berlin', '2026-11-27T07:00:00Z'],
  ['the clock is put forward', '2026-03-28T21:00:00Z', NIGHT, 'Europe/Berlin', '2026-03-29T06:00:00Z'],
  ['the clock is put back', '2026-10-24T21:00:00Z', NIGHT, 'Europe/Berlin', '2026-10-25T07:00:00Z'],
  [
    'their end is left out by the clock',
    '2026-03-28T23:30:00Z',
    '00:00-02:30',
    'Europe/Berlin',
    '2026-03-29T01:00:00Z',
  ],
  ['within a day', '2026-11-26T12:30:00Z', '12:00-13:00', 'UTC', '2026-11-26T13:00:00Z'],
  [
    'the zone of the payer decides',
    '2026-11-26T20:00:00Z',
    NIGHT,
    'America/New_York',
    '2026-11-26T20:00:00Z',
  ],
])('a reminder waits for the end of quiet hours: %s', (_what, at, hours, zone, then) => {
  expect(afterQuietHours(new Date(at), hours, zone)).toEqual(new Date(then));
});

test('at most five reminders within the life of a link, none twice', () => {
  const takes = (afterIssue: number[], beforeExpiry: number[] = []) =>
    reminderTimes.safeParse({ afterIssue, beforeExpiry }).success;
  expect([takes([60, 1440], [120]), takes([4320]), takes([])]).toEqual([true, true, true]);
  expect([
    takes([1, 2, 3], [1, 2, 3]),
    takes([60, 60]),
    takes([0]),
    takes([4321]),
    takes([1.5]),
  ]).not.toContain(true);
});

test('quiet hours are two times of day that differ', () => {
  const takes = (text: string) => quietHours.safeParse(text).success;
  expect([takes(NIGHT), takes('08:00-08:00'), takes('24:00-08:00'), takes('8:00-9:00')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
