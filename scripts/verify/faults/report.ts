/** What a run says on the screen and leaves in bench-results/. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COLUMNS, type Column, KEYPAD_COLUMNS, REFUND_COLUMNS } from './columns';
import { type RowKey, rowOf } from './matrix';
import { nameOf, type Reached } from './matrix-run';

export type Check = { id: string; name: string; breaches: string[] };
export type Summary = {
  seed: number;
  control: string | null;
  command: string;
  seconds: number;
  payments: number;
  /** How many payments the run was asked for: a quick run on a busy machine has no time for all. */
  planned: number;
  links: number;
  charges: number;
  refunds: number;
  kills: Record<string, number>;
  faults: Record<string, number>;
  attempts: Record<string, number>;
  events: number;
  decidedSeconds: number;
  deliveredSeconds: number;
  checks: Check[];
  matrix: Reached[];
};

export type Counts = { passed: number; failed: number; untried: number; failures: string[] };

const SHOWN = 5;
const plain = (outcome: string): string => outcome.replace(/^(broken|not tried): .*/, '$1');

/** What was reached in each cell of these columns. */
function table(all: readonly Reached[], columns: readonly Column[]): string[] {
  const reached = all.filter(({ column }) => columns.includes(column));
  if (reached.length === 0) return [];
  const rows = [...new Set(reached.map(({ row }) => row))];
  const width = Math.max(...rows.map((row) => rowOf(row).name.length));
  const lineOf = (head: string, cells: readonly string[]): string =>
    `${head.padEnd(width)}  ${cells.map((cell) => cell.padEnd(11)).join('')}`.trimEnd();
  const line = (row: RowKey): string => {
    const cells = columns.map((column) => {
      const found = reached.filter((one) => one.row === row && one.column === column);
      return [...new Set(found.map(({ outcome }) => plain(outcome)))].join(', ') || '–';
    });
    return lineOf(rowOf(row).name, cells);
  };
  return ['', lineOf('', columns), ...rows.map(line)];
}

/** Prints the summary, keeps it as JSON, and gives how many checks and cells passed and failed. */
export function report(root: string, summary: Summary): Counts {
  const { kills } = summary;
  const { checks } = summary;
  const untried = summary.matrix.filter(({ outcome }) => outcome.startsWith('not tried'));
  const matrix = summary.matrix.filter((one) => !untried.includes(one));
  for (const columns of [COLUMNS, REFUND_COLUMNS, KEYPAD_COLUMNS])
    for (const line of table(summary.matrix, columns)) console.log(line);
  for (const { name, breaches } of checks) {
    console.log(`${breaches.length === 0 ? '✓' : '✗'} ${name}`);
    for (const breach of breaches.slice(0, SHOWN)) console.log(`    ${breach}`);
    if (breaches.length > SHOWN) console.log(`    and ${breaches.length - SHOWN} more`);
  }
  const killed = Object.values(kills).reduce((sum, count) => sum + count, 0);
  const faults = Object.values(summary.faults).reduce((sum, count) => sum + count, 0);
  console.log(
    `${summary.payments} payments at random, ${summary.links} links, ${summary.charges} charges, ${summary.refunds} refunds, ${faults} faults, ${killed} kills in ${Math.round(summary.seconds)} s; ` +
      `decided ${summary.decidedSeconds.toFixed(1)} s after the last fault, all told after ${summary.deliveredSeconds.toFixed(1)} s`,
  );
  const unbegun = summary.planned - summary.payments;
  if (unbegun > 0)
    console.log(
      `The time was over: ${unbegun} of ${summary.planned} payments, and their kills, were not begun.`,
    );
  const folder = join(root, 'bench-results');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `faults-${summary.control ?? 'run'}-${summary.seed}.json`);
  writeFileSync(file, `${JSON.stringify(summary, null, 2)}\n`);
  const failures = [
    ...checks
      .filter(({ breaches }) => breaches.length > 0)
      .map(({ name, breaches }) => `${name}: ${breaches[0]}`),
    ...matrix.filter(({ kept }) => !kept).map((one) => `${nameOf(one)}: ${one.says} → ${one.outcome}`),
  ];
  if (failures.length > 0) console.log(`Do it again with: ${summary.command}`);
  const passed = checks.length + matrix.length - failures.length;
  return { passed, failed: failures.length, untried: untried.length + unbegun, failures };
}
