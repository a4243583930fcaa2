import { describe, expect, test } from 'vitest';
import { fromFrame, toFrame } from './frame-messages';

describe('messages between page and frame', () => {
  const nonce = 'n'.repeat(24);
  const base = { v: 1, nonce };
  const fields = { number: 'typing', expiry: 'empty', security_code: 'empty', name: 'complete' };

  test.each([
    [fromFrame, { ...base, type: 'ready' }],
    [fromFrame, { ...base, type: 'height', pixels: 4000 }],
    [fromFrame, { ...base, type: 'progress', fields }],
    [toFrame, { ...base, type: 'refused', text: 'no', final: false }],
    [toFrame, { ...base, type: 'init', payLabel: 'Pay £12.40', enabled: true }],
  ])('a message of theirs is read as it is', (read, message) => {
    expect(read(message)).toBe(message);
  });

  test.each([
    { v: 2, nonce, type: 'ready' },
    { ...base, nonce: 'short', type: 'ready' },
    { ...base, nonce: 'n'.repeat(65), type: 'ready' },
    { ...base, nonce: [nonce], type: 'ready' },
    { ...base, type: 'ready', number: '4242' },
    { ...base, type: 'height' },
    { ...base, type: 'height', pixels: -1 },
    { ...base, type: 'height', pixels: 4001 },
    { ...base, type: 'height', pixels: 1.5 },
    { ...base, type: 'height', pixels: '10' },
    { ...base, type: 'progress', fields: { ...fields, number: '4242' } },
    { ...base, type: 'progress', fields: { ...fields, more: 'typing' } },
    { ...base, type: 'progress', fields: null },
    { ...base, type: 'paid' },
    { ...base, type: 'toString' },
    { ...base, type: '__proto__' },
    { ...base, type: ['ready'] },
    { type: 'ready', ...Object.create(base) },
    Object.create({ ...base, type: 'ready' }),
    'ready',
    null,
    undefined,
    [],
  ])('what is no message, is of another version, or carries anything more is refused: %j', (wrong) => {
    expect(fromFrame(wrong)).toBeNull();
  });

  test('what goes one way is refused the other way', () => {
    expect(toFrame({ ...base, type: 'ready' })).toBeNull();
    expect(fromFrame({ ...base, type: 'ticket', ticket: 'x' })).toBeNull();
    expect(toFrame({ ...base, type: 'ticket', ticket: 7 })).toBeNull();
  });
});
