import { expect, test } from 'vitest';
import { passcodeChannel, plainAnswer } from './challenge';

test('an answer is the same however people write it: case, blanks, hyphens, full-width letters', () => {
  for (const text of ['SW1A 1AA', 'sw1a1aa', ' Sw1a-1AA ', 'ＳＷ１Ａ　１ＡＡ'])
    expect(plainAnswer(text)).toBe('SW1A1AA');
  expect(plainAnswer('01 23-4')).toBe('01234');
  expect(plainAnswer('٠١ ２３ ۴')).toBe('01234');
  expect(plainAnswer('---')).toBe('');
});

test('a passcode never goes by a channel that its link is sent by', () => {
  const both = { email: 'ada@example.test', phone: '+447700900123' };
  expect(passcodeChannel(both, [], undefined)).toBe('sms');
  expect(passcodeChannel(both, ['sms'], undefined)).toBe('email');
  expect(passcodeChannel(both, ['email'], undefined)).toBe('sms');
  expect(passcodeChannel(both, [], 'email')).toBe('email');
  expect(passcodeChannel(both, ['email'], 'email')).toBe(null);
  expect(passcodeChannel(both, ['email', 'sms'], undefined)).toBe(null);
  expect(passcodeChannel({ phone: both.phone }, ['sms'], undefined)).toBe(null);
  expect(passcodeChannel({}, [], undefined)).toBe(null);
});
