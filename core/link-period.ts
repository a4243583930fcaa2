import { dayOf, daysBefore, isDay, nextDay, startOfDay } from './days';

/** Periods of creation that go on with the calendar: so many days, of which today is the last. */
export const LAST_DAYS = { today: 1, '7': 7, '30': 30 } as const;
export type LastDays = keyof typeof LAST_DAYS;
export type Period = { last: LastDays } | { from: string; to: string };

/** A period as addresses have it: `today`, `7`, `30`, or the first and the last day, one of which may be left out: `2026-11-01_`. */
export function periodFrom(text: string): Period | null {
  const last = (Object.keys(LAST_DAYS) as LastDays[]).find((known) => known === text);
  if (last) return { last };
  const [from = '', to = '', more] = text.split('_');
  const isOne = (day: string) => day === '' || isDay(day);
  return more === undefined && text.includes('_') && isOne(from) && isOne(to) && from + to !== ''
    ? { from, to }
    : null;
}

type Asked = Record<string, string>;

/** A query with a period of days in a time zone, as the list is asked: from instant to instant. What is none stays as it is. */
export function withPeriod({ period = '', ...rest }: Asked, zone: string, now = new Date()): Asked {
  const known = periodFrom(period);
  if (!known) return period ? { ...rest, period } : rest;
  const today = dayOf(now, zone);
  const { from, to } =
    'last' in known ? { from: daysBefore(today, LAST_DAYS[known.last] - 1), to: '' } : known;
  return {
    ...rest,
    ...(from && { createdFrom: startOfDay(from, zone).toISOString() }),
    ...(to && { createdTo: startOfDay(nextDay(to), zone).toISOString() }),
  };
}
