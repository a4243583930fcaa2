import { expect, test } from 'vitest';
import { dayOf, isDay, nextDay, startOfDay } from './days';

const at = (day: string, zone: string) => startOfDay(day, zone).toISOString();

test('a day begins at its midnight in the zone, whatever the season', () => {
  expect(at('2026-11-24', 'UTC')).toBe('2026-11-24T00:00:00.000Z');
  expect(at('2026-07-01', 'Europe/London')).toBe('2026-06-30T23:00:00.000Z');
  expect(at('2026-11-24', 'Asia/Kathmandu')).toBe('2026-11-23T18:15:00.000Z');
  expect(at('2026-11-24', 'Pacific/Kiritimati')).toBe('2026-11-23T10:00:00.000Z');
  expect(at('2026-11-24', 'America/New_York')).toBe('2026-11-24T05:00:00.000Z');
});

test('days on which clocks change have 23 or 25 hours, and join', () => {
  const hours = (day: string, zone: string) =>
    (startOfDay(nextDay(day), zone).getTime() - startOfDay(day, zone).getTime()) / 3_600_000;
  expect(hours('2026-03-29', 'Europe/Berlin')).toBe(23);
  expect(hours('2026-10-25', 'Europe/Berlin')).toBe(25);
  expect(hours('2026-11-24', 'Europe/Berlin')).toBe(24);
});

test('where clocks change at midnight, a day begins with the first instant that reads it', () => {
  expect(at('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z');
  expect(at('2018-02-18', 'America/Sao_Paulo')).toBe('2018-02-18T03:00:00.000Z');
  expect(at('2026-10-25', 'Atlantic/Azores')).toBe('2026-10-25T00:00:00.000Z');
});

test('days that there are not are told apart, and a moment has the day of its zone', () => {
  expect(['2026-02-28', '2028-02-29'].every(isDay)).toBe(true);
  expect(['2026-02-29', '2026-13-01', '2026-1-1', 'today', ''].some(isDay)).toBe(false);
  expect(nextDay('2026-12-31')).toBe('2027-01-01');
  expect(dayOf(new Date('2026-11-24T23:30:00Z'), 'Europe/Berlin')).toBe('2026-11-25');
  expect(dayOf(new Date('2026-11-24T03:30:00Z'), 'America/New_York')).toBe('2026-11-23');
});
