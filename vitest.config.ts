import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
const globalSetup = './db/testing/global-setup.ts';

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
    exclude: [...configDefaults.exclude, 'e2e/**', '.next/**', 'dist/**', 'data/**'],
    ...(existsSync(globalSetup) && { globalSetup }),
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
