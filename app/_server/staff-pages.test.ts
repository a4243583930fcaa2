import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PATH_HEADER, pathAsked } from './page-headers';

test('a page of staff that was asked for before the portal was up is not made', () => {
  expect(() => pathAsked(new Headers())).toThrow('without its headers');
  expect(pathAsked(new Headers({ [PATH_HEADER]: '/sign-in' }))).toBe('/sign-in');
});

test('every page asks whether it has its headers, by its layout or by itself', () => {
  const elsewhere = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^(?!\(staff\))(?:.*\/)?page\.tsx$/.test(file),
  );
  expect(elsewhere.sort()).toEqual(['agent-frame/page.tsx', 'page.tsx']);
  for (const page of [...elsewhere, '(staff)/layout.tsx'])
    expect(readFileSync(`app/${page}`, 'utf8')).toMatch(/await (?:askedPath|staffCtx)\(\)/);
});
