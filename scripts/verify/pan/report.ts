import type { Hit, Scanner } from '../scan/scanner';
import { SPELLINGS } from '../scan/spellings';
import type { Cards } from './cards';
import type { Checks } from './checks';
import type { Column, Controls } from './controls';
import { SINKS, type Sink } from './sinks';

const COLUMNS: Column[] = [...SPELLINGS, 'gzip', 'brotli'];

/**
 * What is told but fails nothing: the card process has held each card for a moment, and a request to the portal was in its
 * memory before it could be refused. JavaScript cannot wipe what it has freed.
 */
const isExpected = (hit: Hit, cards: Cards): boolean =>
  hit.sink === SINKS.card || (hit.sink === SINKS.portal && cards.givenOf(hit.needle.of) === 'portal');

const row = (cells: readonly string[]): string =>
  cells.map((cell, i) => (i === 0 ? cell.padEnd(32) : cell.padStart(8))).join(' ');

export type Result = { passed: number; failed: number; notRun: string[]; failures: string[] };

/** The table of sinks and spellings, what was left in memory, and the sum of all checks. */
export function report(
  scanner: Scanner,
  parts: { cards: Cards; controls: Controls; checks: Checks; unread: readonly Sink[] },
  say: (line: string) => void,
): Result {
  const { cards, controls, checks, unread } = parts;
  const hits = scanner.hits.filter(({ needle }) => cards.givenOf(needle.of));
  const leaks = hits.filter((hit) => !isExpected(hit, cards));
  const tally = controls.tally(scanner.hits);
  say(row(['planted, found', ...COLUMNS, 'MB', 'cards']));
  for (const sink of Object.values(SINKS)) {
    if (unread.includes(sink)) {
      say(row([sink, 'not run: this machine does not show the memory of processes']));
      checks.notRun.push(sink);
      continue;
    }
    const cells = COLUMNS.map((column) => {
      const cell = tally.get(sink)?.get(column);
      if (!cell) return '-';
      checks.expect(
        `${sink}: planted as ${column}`,
        cell.found === cell.planted,
        `${cell.found} of ${cell.planted} found`,
      );
      return `${cell.found}/${cell.planted}`;
    });
    const here = leaks.filter((hit) => hit.sink === sink);
    const megabytes = (scanner.read.get(sink) ?? 0) / 1_048_576;
    checks.expect(`${sink}: something was read`, megabytes > 0);
    checks.expect(`${sink}: no card`, here.length === 0, here.map(tell).join('; '));
    say(row([sink, ...cells, megabytes.toFixed(1), String(here.length)]));
  }
  tellExpected(
    hits.filter((hit) => isExpected(hit, cards)),
    cards,
    say,
  );
  const { passed, failures, notRun } = checks;
  return { passed, failed: failures.length, notRun, failures };
}

const tell = ({ needle, where, count }: Hit): string =>
  `"${needle.of}" as ${needle.spelling}, ${count}×, ${where}`;

/** The card process by card; of the portal only how much, since every misplaced number passes through it. */
function tellExpected(hits: readonly Hit[], cards: Cards, say: (line: string) => void): void {
  for (const sink of [SINKS.card, SINKS.portal]) {
    const here = hits.filter((hit) => hit.sink === sink);
    const copies = here.reduce((sum, { count }) => sum + count, 0);
    const left = new Set(here.map(({ needle }) => needle.of)).size;
    say(`Left in ${sink}, 5 s after the last answer: ${left} of ${cards.count} cards, ${copies} copies.`);
    if (sink === SINKS.card) for (const hit of here) say(`  ${tell(hit)}`);
  }
}
