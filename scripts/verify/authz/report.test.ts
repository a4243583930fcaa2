import { expect, test } from 'vitest';
import { MATRIX } from './matrix';
import { gaps } from './report';

const ways = MATRIX.map(({ way: name }) => ({ name, file: 'app/x.ts', refuses: false }));
const added = (name: string, file: string) => gaps([...ways, { name, file, refuses: false }], MATRIX);

test('a way in without a row is a failure that says which row to add, and where', () => {
  expect(gaps(ways, MATRIX)).toEqual([]);
  expect(added('POST /api/v1/gifts/[id]', 'app/api/v1/gifts/[id]/route.ts')).toEqual([
    'No row for "POST /api/v1/gifts/[id]" (app/api/v1/gifts/[id]/route.ts). Add one to scripts/verify/authz/matrix/api.ts, like: ' +
      "api('POST /gifts/[id]', 'payment_links:read', link('link')),",
  ]);
  expect(added('action admin/gifts/actions give', 'app/gifts/actions.ts')[0]).toContain(
    "matrix/actions.ts, like: action('admin/gifts/actions give', staff('owner admin'),",
  );
  expect(added('page /admin/gifts', 'app/gifts/page.tsx')[0]).toContain(
    "matrix/desk.ts, like: page('/admin/gifts',",
  );
});

test('a method that a path does not have needs no row; a row of no way in, or a second one, is a failure', () => {
  expect(gaps([...ways, { name: 'PUT /api/v1/refunds', file: 'app/x.ts', refuses: true }], MATRIX)).toEqual(
    [],
  );
  const [first] = MATRIX;
  expect(gaps(ways.slice(1), MATRIX)).toEqual([
    `The row "${first?.way}" is of no way in. Take it out of scripts/verify/authz/matrix.`,
  ]);
  expect(gaps(ways, first ? [...MATRIX, first] : MATRIX)).toEqual([
    `The row "${first?.way}" is there twice.`,
  ]);
});
