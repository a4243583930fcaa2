import { readdirSync, readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import StaffLayout from '../(staff)/layout';
import { PATH_HEADER } from './page-headers';

const asked = new Headers();
vi.mock('next/headers', () => ({ headers: async () => asked, cookies: async () => new Map() }));

test('a page of staff that was asked for before the portal was up is not made', async () => {
  await expect(StaffLayout({ children: 'page' })).rejects.toThrow('without its headers');
  asked.set(PATH_HEADER, '/sign-in');
  expect(await StaffLayout({ children: 'page' })).toBe('page');
});

test('every page asks whether it has its headers, by its layout or by itself', () => {
  const elsewhere = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^(?!\(staff\))(?:.*\/)?page\.tsx$/.test(file),
  );
  expect(elsewhere.sort()).toEqual(['agent-frame/page.tsx', 'page.tsx']);
  for (const page of elsewhere)
    expect(readFileSync(`app/${page}`, 'utf8')).toMatch(/await (?:askedPath|staffCtx)\(\)/);
});
