import { existsSync, readFileSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import { systemChromium } from './scripts/lib/chromium.mjs';

/** Addresses and sign-ins of the running product; `npm run e2e` starts one and sets this. */
const firstRun = process.env.CF_FIRST_RUN ?? 'data/first-run.json';
const { portalUrl }: { portalUrl?: string } = existsSync(firstRun)
  ? JSON.parse(readFileSync(firstRun, 'utf8'))
  : {};
const executablePath = systemChromium();
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const named = (...names: string[]) => names.map((name) => `**/${name}.spec.ts`);
const PAYERS = named('amounts', 'cards', 'limits', 'race', 'renew');
const BOTH = named('main-flow', 'pay-page');
const OTHER_BROWSERS = named('browsers');
const PICTURES = named('payer-pictures', 'desk-pictures');
/** Opened by LibreOffice, where there is one or there should be. */
const SHEETS = process.env.CF_LIBREOFFICE === undefined ? named('export-formulas') : [];

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // One more than there are cores: a part of the time of a test is waiting.
  workers: 3,
  // Told as unsteady: docs/adr/0107.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  forbidOnly: Boolean(process.env.CI),
  use: {
    browserName: 'chromium',
    ...(portalUrl && { baseURL: portalUrl }),
    screenshot: 'only-on-failure',
    // A trace costs a quarter of the time, and nobody opens those of a machine that is thrown away.
    trace: process.env.CI ? 'off' : 'retain-on-failure',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet,
    },
  },
  // Payers pay on a phone, staff work at a desk: what both see is looked at on both (e2e/desk.ts).
  projects: [
    {
      name: 'phone',
      testMatch: [...PAYERS, ...BOTH],
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
    {
      name: 'desktop',
      testIgnore: [...PAYERS, ...OTHER_BROWSERS, ...PICTURES, ...SHEETS],
      use: { viewport: { width: 1440, height: 900 } },
    },
    // These bring their own browser and want an installation of their own: `npm run e2e:browsers`.
    ...(process.env.CF_OTHER_BROWSERS ? [{ name: 'other-browsers', testMatch: OTHER_BROWSERS }] : []),
    // No test of the page: `npm run screens`.
    ...(process.env.CF_PICTURES ? [{ name: 'pictures', testMatch: PICTURES }] : []),
  ],
});
