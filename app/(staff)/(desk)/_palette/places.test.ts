import { expect, test } from 'vitest';
import { ROLES } from '@/core/permissions';
import { DESK } from '@/scripts/verify/authz/matrix/desk';
import { groupsOf } from './items';
import { matching, mayBecomeCard, placesOf } from './places';

test('each role is led to screens that it may see, and to no other', () => {
  for (const role of ROLES) {
    const { acts, screens } = placesOf(role);
    for (const { href } of [...acts, ...screens])
      expect(DESK.find(({ way }) => way === `page ${href}`)?.may.has(role), `${role} at ${href}`).toBe(true);
    expect(new Set(screens.map(({ href }) => href)).size).toBe(screens.length);
  }
});

test('every screen that has an address of its own is led to, for whoever may see it', () => {
  const beside = ['/', '/agent/payment'];
  for (const { way, may } of DESK) {
    const [kind, path = ''] = way.split(' ');
    if (kind !== 'page' || path.includes('[') || beside.includes(path)) continue;
    for (const role of ROLES) {
      if (!may.has(role) || may.has('anonymous')) continue;
      const { acts, screens } = placesOf(role);
      expect([...acts, ...screens].map(({ href }) => href)).toContain(path);
    }
  }
});

test('a screen is found by its name first, then by what it is about, by the begins of words', () => {
  const { screens } = placesOf('owner');
  expect(matching(screens, 'sec').map(({ name }) => name)).toContain('Security');
  expect(matching(screens, 'api key').map(({ name }) => name)).toEqual(['Developers']);
  expect(matching(screens, 'team')[0]?.name).toBe('Team');
  expect(matching(screens, 'ecurity')).toEqual([]);
});

test('a card number leads nowhere, and what may become one is not looked for', () => {
  const lines = (text: string) => groupsOf('owner', text, []).flatMap(({ items }) => items);
  expect(lines('4242 4242 4242 4242')).toEqual([]);
  expect(lines('INV-7').map(({ href }) => href)).toEqual(['/admin?q=INV-7']);
  expect(
    ['4242 4242', '42424242', '+447700900123', '07700 900123', '12.40', 'INV-7'].map(mayBecomeCard),
  ).toEqual([...[true, true, false, false, false, false]]);
});
