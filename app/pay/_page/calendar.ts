import { plainAddress } from './devices';
import type { View } from './view';

const MOST_BYTES = 75;

/** A line of at most 75 bytes; the rest stands in lines that begin with a blank. Source: RFC 5545, 3.1. */
function folded(line: string): string {
  const lines: string[] = [''];
  for (const char of line) {
    const last = lines.length - 1;
    if (Buffer.byteLength(lines[last] + char) > MOST_BYTES) lines.push(` ${char}`);
    else lines[last] += char;
  }
  return lines.join('\r\n');
}

/** Source: RFC 5545, 3.3.11. */
const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');

const stamp = (at: Date): string => at.toISOString().replace(/[-:]|\.\d+/g, '');

/** The deadline as an event that ends at it, with one reminder three hours before. No amount and no person: calendars are shared. */
export function calendarOf(view: View): string {
  const { page, t } = view;
  const { expiresAt, now, id } = page.link;
  const title = escaped(t('page.calendar_event', { merchant: page.merchant.name }));
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Counterfoil//Pay page//EN',
    'BEGIN:VEVENT',
    `UID:${id}@${new URL(page.origin).hostname}`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(expiresAt)}`,
    `SUMMARY:${title}`,
    `URL:${plainAddress(view)}`,
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${title}`,
    'TRIGGER:-PT3H',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
