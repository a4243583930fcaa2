import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CONTROLS } from './controls';

test.each(CONTROLS.flatMap(({ name, bundle }) => bundle?.patches.map((patch) => ({ name, ...patch })) ?? []))(
  'control $name finds what it breaks in $file, once',
  ({ file, find }) => {
    expect(readFileSync(file, 'utf8').split(find)).toHaveLength(2);
  },
);
