import { existsSync } from 'node:fs';

const USUAL = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].map(
  (name) => `/usr/bin/${name}`,
);

/** The Chromium of this machine: CHROMIUM_PATH, else a usual place; undefined leaves the choice to Playwright. */
export const systemChromium = () =>
  process.env.CHROMIUM_PATH || USUAL.find((path) => existsSync(path)) || undefined;
