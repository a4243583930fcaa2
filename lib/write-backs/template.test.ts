import { expect, test } from 'vitest';
import { STANDARD_TEMPLATE } from '../contracts/write-backs';
import { checkTemplate, fillTemplate } from './template';

const faultOf = (text: string): string | null => {
  const outcome = checkTemplate(text);
  return outcome.ok ? null : outcome.error.message;
};

test('a text that is one name becomes the value itself, in a longer one it is written out', () => {
  const template =
    '{"a":"{{attempt.amountMinor}}","b":["Paid: {{ outcome }} {{link.reference}}"],"c":{"d":"{{attempt.card}}"},"e":7}';
  const card = { brand: 'visa', last4: '4242' };
  const filled = fillTemplate(template, {
    'attempt.amountMinor': 1240,
    outcome: 'succeeded',
    'attempt.card': card,
  });
  expect(JSON.parse(filled)).toEqual({ a: 1240, b: ['Paid: succeeded '], c: { d: card }, e: 7 });
});

test('facts are values and never template: quotes, braces and names in them stay what they are', () => {
  const reference = '"}, "outcome": "{{attempt.id}}';
  const filled = fillTemplate('{"r":"{{link.reference}}","s":"<{{link.reference}}>"}', {
    'link.reference': reference,
    'attempt.id': 'pay_1',
  });
  expect(JSON.parse(filled)).toEqual({ r: reference, s: `<${reference}>` });
});

test('a template that could not be filled is refused when it is saved', () => {
  expect(faultOf(STANDARD_TEMPLATE)).toBeNull();
  expect(faultOf('{"a":"{{link.metadata.invoice}}"}')).toBeNull();
  expect(faultOf('{"a":')).toBe('template: is not JSON');
  expect(faultOf('["{{outcome}}"]')).toBe('template: must be one JSON object');
  expect(faultOf('{"a":{"b":{"c":{"d":{"e":{"f":1}}}}}}')).toBe('template: must not be deeper than 5 levels');
  for (const name of ['link.url', 'card.number', '__proto__', 'attempt.card.number'])
    expect(faultOf(`{"a":"x {{${name}}}"}`)).toBe(`template: {{${name}}} is not known`);
});
