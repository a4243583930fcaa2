import { expect, test } from 'vitest';
import { scrub, withoutCards } from './log';

test('text for the log holds no card number, neither as it stands nor escaped as in an address, and no link token', () => {
  for (const text of [
    '4242424242424242',
    '/x/4242%204242%204242%204242',
    'card=4242+4242+4242+4242',
    [...'4242424242424242'].map((digit) => `%3${digit}`).join(''),
    'Failed to find Server Action "4242424242424242"',
  ])
    expect(scrub(text)).toBe('[dropped]');
  expect(scrub(`/unsubscribe/${'a'.repeat(58)}`)).toBe('/unsubscribe/[token]');
  expect(scrub(`GET /pay/${'a'.repeat(58)} took 3 ms`)).toBe('GET /pay/[token] took 3 ms');
  expect(scrub('/api/v1/x?q=100%')).toBe('/api/v1/x?q=100%');
});

test('of what others print only the lines that hold a card number are dropped', () => {
  expect(withoutCards('ready\nno action "4242424242424242"\n    at next\n')).toBe(
    'ready\n[dropped]\n    at next\n',
  );
  const harmless = 'ready in 1764010000000 ms\n%E0%A4%A %';
  expect(withoutCards(harmless)).toBe(harmless);
});
