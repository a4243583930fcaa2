import { expect, test } from 'vitest';
import { Recent } from './recent';

test('what was used last is kept and made once; what was not is forgotten, and said to be', () => {
  const forgotten: string[] = [];
  let made = 0;
  const recent = new Recent<string>(2, (one) => forgotten.push(one));
  const get = (key: string) => recent.get(key, () => `${key}${++made}`);
  expect([get('a'), get('b'), get('a'), get('c')]).toEqual(['a1', 'b2', 'a1', 'c3']);
  expect(forgotten).toEqual(['b2']);
  expect([recent.has('a'), recent.has('b'), get('b')]).toEqual([true, false, 'b4']);
  recent.forget('b');
  expect([get('b'), forgotten]).toEqual(['b5', ['b2', 'a1']]);
});
