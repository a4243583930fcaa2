import { existsSync } from 'node:fs';
import { systemChromium } from './chromium.mjs';
import { run, runModule } from './run.mjs';
import { Sentence } from './say.mjs';

async function playwrightHasChromium() {
  const { chromium } = await import('@playwright/test');
  try {
    return existsSync(chromium.executablePath());
  } catch {
    return false;
  }
}

async function installFromDebian() {
  const update = await run('apt-get', ['update', '-q']);
  if (update.code !== 0) return false;
  const args = ['install', '-y', '-q', '--no-install-recommends', 'chromium-headless-shell'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return (await run('apt-get', args, { env })).code === 0 && Boolean(systemChromium());
}

/** Sees to it that there is a Chromium: found, else Playwright's own, else Debian's package, else fetched by Playwright. */
export async function ensureChromium() {
  if (systemChromium() || (await playwrightHasChromium())) return;
  console.log('Installing Chromium for the browser tests…');
  const debian = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (debian && (await installFromDebian())) return;
  const { code, output } = await runModule('@playwright/test/cli.js', ['install', 'chromium']);
  if (code !== 0) {
    throw new Sentence(
      `There is no Chromium: install one and set CHROMIUM_PATH.\n${output.trim().slice(-500)}`,
    );
  }
}
