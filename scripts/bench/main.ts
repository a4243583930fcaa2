/** The benchmarks: `npm run bench`. See docs/performance.md. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ADMIN } from './admin/admin';
import { BATCH } from './batch';
import type { Benchmark, Result, Surroundings } from './benchmark';
import { ISSUE_LINK } from './issue-link';
import { BACKLOG } from './lane/backlog';
import { DEAD } from './lane/dead';
import { DRAIN } from './lane/drain';
import { LATENCY } from './lane/latency';
import { LIVE } from './live/live';
import { machineLine } from './machine';
import { PAGE } from './page/page';
import { PAGE_SERVER } from './page/server';
import { countsOf, tableOf } from './report';

const BENCHMARKS: readonly Benchmark[] = [
  ISSUE_LINK,
  BATCH,
  DRAIN,
  DEAD,
  LATENCY,
  BACKLOG,
  LIVE,
  PAGE,
  PAGE_SERVER,
  ADMIN,
];

export const USAGE = `npm run bench -- [options]
  --only NAMES    some of them, with commas: ${BENCHMARKS.map(({ name }) => name).join(', ')}
  --rounds N      rounds that count, 5
  --scale X       a share of the work, between 0 and 1, for a quick look; 1
  --profile       keep also a CPU profile of each process of the product
  --help          this text`;

const say = (line: string): void => console.log(line);
const closers: (() => unknown)[] = [];

/** Ends what runs: no process and no data stay. */
export const stop = async (): Promise<void> => {
  for (const close of closers.splice(0).reverse()) await close();
};

/** Runs them one after the other, prints the table and keeps the figures in bench-results; gives what was met and missed. */
export async function main(root: string, args: string[]): Promise<{ met: number; missed: number }> {
  const { values } = parseArgs({
    args,
    options: {
      ...{ only: { type: 'string' }, rounds: { type: 'string' }, scale: { type: 'string' } },
      profile: { type: 'boolean', default: false },
    },
  });
  const chosen = BENCHMARKS.filter(({ name }) => !values.only || values.only.split(',').includes(name));
  if (chosen.length === 0) throw new Error(`There is no benchmark ${values.only}.\n${USAGE}`);
  const rounds = Number(values.rounds ?? 5);
  const scale = Number(values.scale ?? 1);
  if (!Number.isInteger(rounds) || rounds < 1 || !(scale > 0 && scale <= 1)) throw new Error(USAGE);
  const { profile } = values;
  const onClose: Surroundings['onClose'] = (closer) => closers.push(closer);
  const around: Surroundings = { root, rounds, scale, profile, say, onClose };
  const results: Result[] = [];
  for (const { about, run } of chosen) {
    say(about);
    try {
      results.push(...[await run(around)].flat());
    } finally {
      await stop();
    }
  }
  const machine = machineLine(root);
  const at = new Date().toISOString();
  mkdirSync(join(root, 'bench-results'), { recursive: true });
  const file = join('bench-results', `${at.replaceAll(':', '-')}.json`);
  writeFileSync(join(root, file), JSON.stringify({ at, machine, rounds, scale, results }, null, 2));
  say(
    `\n${machine}; medians of ${rounds} rounds (least–most)\n\n${tableOf(results)}\n\nAll figures: ${file}`,
  );
  return countsOf(results);
}
