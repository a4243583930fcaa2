const formats = new Map<string, Intl.DateTimeFormat>();

function localTime(at: number, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    const [day, time] = [
      { year: 'numeric', month: '2-digit', day: '2-digit' } as const,
      { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const,
    ];
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, ...day, ...time });
    formats.set(zone, format);
  }
  return format.format(at);
}

const offsetMs = (at: number, zone: string): number =>
  Date.parse(`${localTime(at, zone).replace(' ', 'T')}Z`) - at;

/** Minutes that a time zone is ahead of UTC at a moment. */
export const minutesAhead = (at: Date, zone: string): number =>
  Math.round(offsetMs(Math.floor(at.getTime() / 1000) * 1000, zone) / 60_000);

const DAY_MS = 86_400_000;

/**
 * The first instant of a calendar day, "2026-11-24", in a time zone. Where clocks are changed at midnight, that is the
 * first instant that reads this day: it may be one o'clock.
 */
export function startOfDay(day: string, zone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const [early, late] = [midnight - DAY_MS, midnight + DAY_MS]
    .map((near) => midnight - offsetMs(near, zone))
    .sort((one, two) => one - two);
  const first = early !== undefined && localTime(early, zone).slice(0, 10) === day ? early : late;
  return new Date(first ?? midnight);
}

/** The calendar day, "2026-11-24", of a moment in a time zone. */
export const dayOf = (at: Date, zone: string): string => localTime(at.getTime(), zone).slice(0, 10);

/** The day after a calendar day. */
export const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

/** The day so many days before a calendar day. */
export const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);

/** True for a day that there is, not for 30 February, and whose neighbours can be told too: of the years 1000 to 2999. */
export function isDay(text: string): boolean {
  if (!/^[12]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
