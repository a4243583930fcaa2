import { expect, test } from 'vitest';
import { periodFrom, withPeriod } from './link-period';

const NOW = new Date('2026-11-28T23:30:00Z');

test.each([
  ['today', 'Europe/London', { createdFrom: '2026-11-28T00:00:00.000Z' }],
  ['today', 'Europe/Oslo', { createdFrom: '2026-11-28T23:00:00.000Z' }],
  ['7', 'Europe/London', { createdFrom: '2026-11-22T00:00:00.000Z' }],
  ['30', 'America/New_York', { createdFrom: '2026-10-30T04:00:00.000Z' }],
  [
    '2026-10-25_2026-10-25',
    'Europe/London',
    { createdFrom: '2026-10-24T23:00:00.000Z', createdTo: '2026-10-26T00:00:00.000Z' },
  ],
  ['2026-11-01_', 'UTC', { createdFrom: '2026-11-01T00:00:00.000Z' }],
  ['_2026-11-01', 'UTC', { createdTo: '2026-11-02T00:00:00.000Z' }],
])('a period is whole days of the person’s own zone: %s in %s', (period, zone, asked) => {
  expect(withPeriod({ period, status: 'paid' }, zone, NOW)).toEqual({ status: 'paid', ...asked });
});

test.each([
  '',
  '_',
  '8',
  '2026-02-30_',
  '_9999-12-31',
  '0001-01-01_',
  '2026-11-01',
  '2026-11-01_2026-11-02_',
  'today_',
])('“%s” is no period', (text) => expect(periodFrom(text)).toBeNull());
