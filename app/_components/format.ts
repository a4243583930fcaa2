import { formatMoney, isCurrency, type Money } from '@/core/money';

/** The language of the staff screens. */
export const STAFF_LOCALE = 'en-GB';

const counts = new Intl.NumberFormat(STAFF_LOCALE);
/** A number of things as staff read it: "10,000". */
export const countOf = (number: number): string => counts.format(number);

/** An amount as staff read it. What a gateway tells in a currency that is none is shown as it came. */
export const moneyText = (money: Money): string =>
  isCurrency(money.currency)
    ? formatMoney(money, STAFF_LOCALE)
    : `${money.amountMinor} minor units of “${money.currency}”`;

/** What a link asks for, as staff read it. */
export const linkAmount = ({
  amountMinor,
  currency,
}: {
  amountMinor: number | null;
  currency: string;
}): string =>
  amountMinor === null ? `Any amount in ${currency}` : formatMoney({ amountMinor, currency }, STAFF_LOCALE);

/** `short` 24 Nov, 14:05 · `long` with weekday, year and zone · `full` with seconds too. */
export type TimeStyle = 'short' | 'long' | 'full';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, style: TimeStyle): Intl.DateTimeFormat {
  const key = `${style} ${zone}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(STAFF_LOCALE, {
      timeZone: zone,
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      ...(style !== 'short' && { weekday: 'short', year: 'numeric', timeZoneName: 'short' }),
      ...(style === 'full' && { second: '2-digit' }),
    });
    formats.set(key, made);
  }
  return made;
}

/** A moment in a time zone: "24 Nov, 14:05", "Tue, 24 Nov 2026, 14:05 GMT". */
export const timeText = (iso: string, zone: string, style: TimeStyle = 'short'): string =>
  format(zone, style).format(Date.parse(iso));

const days = new Intl.DateTimeFormat(STAFF_LOCALE, {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
/** A day of the calendar, "2026-11-24", as "24 Nov 2026". */
export const dayText = (day: string): string => days.format(new Date(`${day}T00:00:00Z`));

const STEPS = [
  { unit: 'day', seconds: 86_400, from: 345_600 },
  { unit: 'hour', seconds: 3600, from: 3600 },
  { unit: 'minute', seconds: 60, from: 60 },
] as const;
const relative = new Intl.RelativeTimeFormat(STAFF_LOCALE, { numeric: 'auto' });

/** "in 71 hours", "5 minutes ago": cut down, never rounded up. Days only from four on: a link's life is told in hours. */
export function relativeTime(iso: string, nowMs: number): string {
  const away = Math.trunc((Date.parse(iso) - nowMs) / 1000);
  for (const { unit, seconds, from } of STEPS)
    if (Math.abs(away) >= from) return relative.format(Math.trunc(away / seconds), unit);
  return away > 0 ? 'in under a minute' : 'just now';
}
