import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Column } from '../verify/faults/columns';
import { CONTROLS } from '../verify/faults/controls';
import { INVARIANTS } from '../verify/faults/invariants';
import {
  keypadTable,
  MATRIX,
  paymentsTable,
  type Row,
  type RowKey,
  refundsTable,
  waysTable,
} from '../verify/faults/matrix';
import { rowsWithScenario } from '../verify/faults/matrix-run';

const doc = readFileSync('docs/faults.md', 'utf8');
const part = (name: string) =>
  new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)\\n<!-- /${name} -->`).exec(doc)?.[1]?.trim();

test('docs/faults.md shows the matrix that is tried: payments, refunds, and each way in which a fault is made', () => {
  expect(part('matrix')).toBe(paymentsTable());
  expect(part('refunds')).toBe(refundsTable());
  expect(part('keyed')).toBe(keypadTable());
  expect(part('ways')).toBe(waysTable());
});

test('every row of the fault matrix has a scenario, and none has two', () => {
  expect(rowsWithScenario().sort()).toEqual((Object.keys(MATRIX) as RowKey[]).sort());
});

test('every cell of the fault matrix is tried in at least one way', () => {
  const untried = Object.values<Row>(MATRIX).flatMap(({ name, cells, ways }) =>
    (Object.keys(cells) as Column[])
      .filter((column) => ![...ways.values()].some((columns) => columns.includes(column)))
      .map((column) => `${name} ${column}`),
  );
  expect(untried).toEqual([]);
});

test('docs/faults.md names every invariant and every control', () => {
  const named = (list: string | undefined) =>
    [...(list ?? '').matchAll(/^\| `([\w-]+)` \|/gm)].map((match) => match[1]);
  expect(named(part('invariants'))).toEqual([...INVARIANTS.map(({ id }) => id), 'I9']);
  expect(named(part('controls'))).toEqual(CONTROLS.map(({ name }) => name));
});
