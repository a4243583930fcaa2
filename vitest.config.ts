import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

const root = fileURLToPath(new URL('.', import.meta.url));
const globalSetup = './db/testing/global-setup.ts';

const elsewhere = [...configDefaults.exclude, 'e2e/**', '.next/**', 'dist/**', 'data/**'];
const races = 'lib/races/**/*.test.ts';

/** Take ten seconds and more, most of it waiting: begun last, they would be waited for by all others. */
const LONGEST = [
  'worker/main',
  'gateways/testing/conformance',
  'gateway-notifications/orders',
  'worker/fairness',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: Parameters<BaseSequencer['sort']>[0]) {
    const rank = ({ moduleId }: { moduleId: string }): number =>
      Number(!LONGEST.some((name) => moduleId.endsWith(`${name}.test.ts`)));
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
    sequence: { sequencer: LongestFirst },
    projects: [
      // Nobody but the races replaces modules: all others share what they have loaded.
      { extends: true, test: { name: 'unit', exclude: [...elsewhere, races], isolate: false } },
      {
        extends: true,
        test: {
          name: 'races',
          include: [races],
          isolate: true,
          testTimeout: 300_000,
          provide: { raceRounds: Number(process.env.RACE_ROUNDS ?? 300) },
        },
      },
    ],
  },
});
