import { existsSync } from 'node:fs';

const USUAL = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The Chromium of this machine: CHROMIUM_PATH, else a usual place; undefined leaves the choice to Playwright. */
export const systemChromium = () =>
  process.env.CHROMIUM_PATH || USUAL.find((path) => existsSync(path)) || undefined;
