import { describe, expect, test } from 'vitest';
import {
  bodyOf,
  digitsOf,
  editExpiry,
  editNumber,
  parseExpiry,
  problemOf,
  showExpiry,
  type Typed,
  ticksOf,
} from './fields';

const typed = (changes: Partial<Typed> = {}): Typed => ({
  number: '4242 4242 4242 4242',
  expiry: '12 / 31',
  csc: '123',
  name: 'Ada Lovelace',
  ...changes,
});
const NOW = new Date(2026, 10, 24);

describe('a card number keeps its groups and the caret its digit', () => {
  test.each([
    ['42424', 5, '', '4242 4', 6],
    ['4242-4242-4242-4242', 19, 'insertFromPaste', '4242 4242 4242 4242', 19],
    ['378282246310005', 15, 'insertFromPaste', '3782 822463 10005', 17],
    ['4242 94242', 6, 'insertText', '4242 9424 2', 6],
    ['４２４２４', 5, '', '4242 4', 6],
    ['Card: 5555 5555 5555 4444 99', 28, '', '5555 5555 5555 4444', 19],
  ])('%s', (text, caret, inputType, shown, at) => {
    expect(editNumber({ text, caret }, '', inputType)).toEqual({ text: shown, caret: at });
  });

  test('deleting a gap deletes the digit beyond it', () => {
    const backward = editNumber({ text: '42421234', caret: 4 }, '42421234', 'deleteContentBackward');
    expect(backward).toEqual({ text: '4241 234', caret: 3 });
    const forward = editNumber({ text: '42421234', caret: 4 }, '42421234', 'deleteContentForward');
    expect(forward).toEqual({ text: '4242 234', caret: 4 });
  });
});

describe('an expiry date is understood however it is written', () => {
  test.each([
    ['1226', '12 / 26'],
    ['12/26', '12 / 26'],
    ['12/2026', '12 / 26'],
    ['12 / 26', '12 / 26'],
    ['1/27', '01 / 27'],
    ['2026-12', '12 / 26'],
    ['122026', '12 / 26'],
    ['１２/２６', '12 / 26'],
  ])('%s', (text, shown) => {
    const expiry = parseExpiry(text);
    expect(expiry && showExpiry(expiry)).toBe(shown);
  });
  test.each(['', '12', '13/26', '00/26', '12/1999', '12/3', 'soon'])('%s is none', (text) => {
    expect(parseExpiry(text)).toBeNull();
  });
  test.each([
    ['1', '1'],
    ['7', '07 / '],
    ['12', '12 / '],
    ['1/', '01 / '],
    ['13', '01 / 3'],
    ['12 / 2', '12 / 2'],
    ['12/2026', '12 / 2026'],
    ['١٢', '12 / '],
    ['１２ / ３', '12 / 3'],
  ])('%s while typing becomes %s', (text, shown) => {
    expect(editExpiry(text, 'insertText')).toBe(shown);
  });
  test('what is deleted is not put back', () => {
    expect(editExpiry('12 /', 'deleteContentBackward')).toBe('12');
    expect(editExpiry('1', 'deleteContentBackward')).toBe('1');
  });
});

describe('each field says what is wrong with it', () => {
  test.each([
    ['number', { number: '' }, 'frame.error.number'],
    ['number', { number: '4242 4242' }, 'frame.error.number'],
    ['number', { number: '4242 4242 4242 4241' }, 'frame.error.number_wrong'],
    ['number', {}, null],
    ['expiry', { expiry: '1' }, 'frame.error.expiry'],
    ['expiry', { expiry: '10/26' }, 'frame.error.expired'],
    ['expiry', { expiry: '11/26' }, null],
    ['csc', { csc: '12' }, 'frame.error.csc'],
    ['csc', { number: '378282246310005' }, 'frame.error.csc'],
    ['csc', { number: '378282246310005', csc: '1234' }, null],
    ['name', { name: ' ' }, 'frame.error.name'],
    ['name', { name: '4242 4242 4242 4242' }, 'frame.error.name'],
    ['name', { name: 'Ada Lovelace 3rd' }, null],
  ] as const)('%s %j', (field, changes, problem) => {
    expect(problemOf(field, typed(changes), NOW)).toBe(problem);
  });
});

test('the body is six lines, whatever the name holds', () => {
  expect(bodyOf('t.s', typed({ name: ' Ada\nLovelace ' }))).toBe(
    't.s\n4242424242424242\n12\n2031\n123\nAda Lovelace',
  );
  expect(digitsOf('٤٢٤٢')).toBe('4242');
});

test('whoever waits learns how far each field is, and nothing of what stands in it', () => {
  const ticks = (changes: Partial<Typed>, ...marked: string[]) =>
    ticksOf(typed(changes), (field) => marked.includes(field), NOW);
  const empty = { number: '', expiry: ' ', csc: '', name: '' };
  expect(ticks(empty, 'name')).toEqual({
    ...{ number: 'empty', expiry: 'empty', security_code: 'empty', name: 'empty' },
  });
  expect(ticks({ number: '4242', expiry: '10/26', csc: '1' }, 'expiry')).toEqual({
    ...{ number: 'typing', expiry: 'wrong', security_code: 'typing', name: 'complete' },
  });
  expect(new Set(Object.values(ticks({}, 'number')))).toEqual(new Set(['complete']));
});
