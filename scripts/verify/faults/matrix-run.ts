/** Runs the rows of the matrix and says which outcome each cell has reached. */
import type { Bench } from './case';
import { commitLost, diskFull, exhausted, gatewayRefused } from './cells-alone';
import { notices } from './cells-notices';
import { manyPayers } from './cells-payers';
import { clocksShifted, databaseGone, deploying, killing } from './cells-processes';
import { bankNever, canceled, decline, expired, gatewayLost, mismatch } from './cells-wire';
import { broken, type Column, isKeypad, type Judged, type Outcome } from './columns';
import { type RowKey, rowOf } from './matrix';
import { becomes } from './patience';

/** A cell and its way, in words. */
export const nameOf = ({ row, column, variant }: Pick<Reached, 'row' | 'column' | 'variant'>): string =>
  [rowOf(row).name, column, variant].filter(Boolean).join(' · ');

/** What one cell has come to. */
export type Reached = {
  row: RowKey;
  column: Column;
  variant: string;
  says: string;
  outcome: Outcome | `not tried: ${string}`;
  kept: boolean;
};
/** A row's payments and refunds, or why this machine cannot run them. */
type Scenario = (bench: Bench) => Promise<Judged[] | string>;
/** `unkeyed`: what is keyed, which takes its caller's time, is left to the full run. */
type Plan = { row: RowKey; run: Scenario; quick: boolean | 'unkeyed' };

/** Their faults hit single exchanges, payers and links: all of them run at once. */
const TOGETHER: readonly Plan[] = [
  { row: 'gatewayLost', run: gatewayLost, quick: true },
  { row: 'mismatch', run: mismatch, quick: true },
  { row: 'bankNever', run: bankNever, quick: true },
  { row: 'decline', run: decline, quick: true },
  { row: 'manyPayers', run: manyPayers, quick: 'unkeyed' },
  { row: 'canceled', run: canceled, quick: 'unkeyed' },
  { row: 'expired', run: expired, quick: 'unkeyed' },
  { row: 'notices', run: notices, quick: 'unkeyed' },
];
/** Their faults hit the whole house: one row after the other. */
const ALONE: readonly Plan[] = [
  { row: 'gatewayRefused', run: gatewayRefused, quick: true },
  { row: 'commitLost', run: commitLost, quick: 'unkeyed' },
  { row: 'portal', run: killing('portal', 'portal'), quick: 'unkeyed' },
  { row: 'card', run: killing('card', 'card'), quick: true },
  { row: 'worker', run: killing('worker', 'worker', 2_000, { 'S3–S4': { act: 'reset' } }), quick: 'unkeyed' },
  { row: 'everything', run: killing('everything', 'everything'), quick: 'unkeyed' },
  { row: 'deploy', run: deploying, quick: 'unkeyed' },
  { row: 'exhausted', run: exhausted, quick: 'unkeyed' },
  { row: 'databaseGone', run: databaseGone(30_000), quick: false },
  { row: 'clocks', run: clocksShifted, quick: false },
  { row: 'diskFull', run: diskFull, quick: false },
];
/** Nobody of TOGETHER needs longer to meet its fault, however busy the machine. */
const STEADY_MS = 60_000;

export const rowsWithScenario = (): RowKey[] => [...TOGETHER, ...ALONE].map(({ row }) => row);

export type MatrixOptions = { quick: boolean; only: string | null; say: (line: string) => void };

/** The same for every cell of a row that was not run: why. */
const unreached = (row: RowKey, outcome: Reached['outcome'], kept: boolean): Reached[] =>
  Object.entries(rowOf(row).cells).map(([column, { says }]) => ({
    row,
    column: column as Column,
    variant: '',
    says,
    outcome,
    kept,
  }));

/** Where a way of the row was to be tried, and its scenario did not come. */
function missing(row: RowKey, found: readonly Judged[], { unkeyed }: Bench): Reached[] {
  const { cells, ways } = rowOf(row);
  const wanted = [...ways].flatMap(([variant, columns]) => columns.map((column) => ({ column, variant })));
  return wanted
    .filter(({ column }) => !(unkeyed && isKeypad(column)))
    .filter((one) => !found.some(({ column, variant }) => column === one.column && variant === one.variant))
    .map(({ column, variant }) => ({
      row,
      column,
      variant,
      says: cells[column]?.says ?? '–',
      outcome: 'broken: no scenario came here',
      kept: false,
    }));
}

/** Resolves when the row's faults are over. */
async function reach(
  { row, run }: Plan,
  bench: Bench,
  say: MatrixOptions['say'],
): Promise<Promise<Reached>[]> {
  const found = await run(bench).catch(broken);
  if (typeof found === 'string') {
    const isBroken = found.startsWith('broken');
    const outcome = isBroken ? (found as Outcome) : (`not tried: ${found}` as const);
    say(`  ${rowOf(row).name}: ${outcome}`);
    return unreached(row, outcome, !isBroken).map(async (one) => one);
  }
  return [
    ...found.map(async ({ column, variant, outcome }): Promise<Reached> => {
      const cell = rowOf(row).cells[column] ?? { says: '–', accepts: [] };
      const came = await outcome;
      const isPromised = rowOf(row).ways.get(variant)?.includes(column) ?? false;
      const kept = isPromised && cell.accepts.includes(came);
      const reached = { row, column, variant, says: cell.says, outcome: came, kept };
      say(`  ${kept ? '✓' : '✗'} ${nameOf(reached)}: ${cell.says} → ${came}`);
      return reached;
    }),
    ...missing(row, found, bench).map(async (one) => one),
  ];
}

/**
 * Runs the rows. In a quick run the next row begins while payments of the last are still being found out about, else
 * each row is judged before the next. Resolves when every fault is over; the outcomes may still be on their way.
 */
export async function runMatrix(
  bench: Bench,
  options: MatrixOptions,
): Promise<{ later: Promise<Reached[]> }> {
  const wanted = ({ row, quick }: Plan): boolean =>
    (Boolean(quick) || !options.quick) &&
    (!options.only || options.only.split('|').some((part) => rowOf(row).name.includes(part)));
  const benchOf = ({ quick }: Plan): Bench => ({ ...bench, unkeyed: options.quick && quick === 'unkeyed' });
  const all: Promise<Reached>[] = [];
  const together = TOGETHER.filter(wanted).map((plan) => reach(plan, benchOf(plan), options.say));
  const first = Promise.all(together).then((found) => Promise.all(found.flat()));
  all.push(...(await Promise.all(together)).flat());
  const steady = () => bench.cases.every(({ isSteady }) => isSteady);
  await Promise.race([first, ...(options.quick ? [becomes(steady, STEADY_MS)] : [])]);
  for (const plan of ALONE.filter(wanted)) {
    const reached = await reach(plan, benchOf(plan), options.say);
    all.push(...reached);
    if (!options.quick) await Promise.all(reached);
  }
  return { later: Promise.all(all) };
}
