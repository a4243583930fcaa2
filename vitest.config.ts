import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

const root = fileURLToPath(new URL('.', import.meta.url));
const globalSetup = './db/testing/global-setup.ts';

/** Take long: begun last, they would be waited for by all others. */
const LONGEST = [
  'worker/main',
  'gateways/testing/conformance',
  'gateway-notifications/orders',
  'worker/fairness',
  'lib/races/',
  'payment-sessions/faults',
  'pay-page/open',
  'bench/admin/list',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: Parameters<BaseSequencer['sort']>[0]) {
    const rank = ({ moduleId }: { moduleId: string }): number =>
      Number(!LONGEST.some((name) => moduleId.includes(name)));
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      // Guards against client imports at build time; a test is neither server nor client bundle.
      { find: 'server-only', replacement: `${root}node_modules/server-only/empty.js` },
    ],
  },
  test: {
    environment: 'node',
    ...(existsSync(globalSetup) && { globalSetup }),
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Told as unsteady: docs/adr/0107.
    retry: process.env.CI ? 1 : 0,
    // One more than there are cores: a third of the time of a test is waiting.
    maxWorkers: 3,
    // Statements are built of very many small objects, which need not be looked through so often.
    execArgv: ['--min-semi-space-size=16', '--max-semi-space-size=64'],
    sequence: { sequencer: LongestFirst },
    exclude: [...configDefaults.exclude, 'e2e/**', '.next/**', 'dist/**', 'data/**'],
    // No test replaces a module for good: all share what the worker has loaded.
    isolate: false,
    provide: { raceRounds: Number(process.env.RACE_ROUNDS ?? 300) },
  },
});
