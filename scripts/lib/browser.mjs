import { existsSync } from 'node:fs';
import { systemChromium } from './chromium.mjs';
import { installPackages, isRootOnDebian } from './debian.mjs';
import { runModule } from './run.mjs';
import { Sentence } from './say.mjs';

async function playwrightHasChromium() {
  const { chromium } = await import('@playwright/test');
  try {
    return existsSync(chromium.executablePath());
  } catch {
    return false;
  }
}

/** Sees to it that there is a Chromium: found, else Playwright's own, else Debian's package, else fetched by Playwright. */
export async function ensureChromium() {
  if (systemChromium() || (await playwrightHasChromium())) return;
  console.log('Installing Chromium for the browser tests…');
  if (isRootOnDebian() && (await installPackages('chromium-headless-shell')) && systemChromium()) return;
  const { code, output } = await runModule('@playwright/test/cli.js', ['install', 'chromium']);
  if (code !== 0) {
    throw new Sentence(
      `There is no Chromium: install one and set CHROMIUM_PATH.\n${output.trim().slice(-500)}`,
    );
  }
}
