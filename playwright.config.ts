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

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  forbidOnly: Boolean(process.env.CI),
  use: {
    browserName: 'chromium',
    ...(portalUrl && { baseURL: portalUrl }),
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet,
    },
  },
  projects: [
    {
      name: 'phone',
      testIgnore: /(api|card-data)\.spec\.ts/,
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
    { name: 'desktop', use: { viewport: { width: 1440, height: 900 } } },
  ],
});
