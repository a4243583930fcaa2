import { existsSync, readdirSync } from 'node:fs';
import { installPackages } from './debian.mjs';
import { Sentence } from './say.mjs';

const found = (paths) => paths.find((path) => path && existsSync(path));

const libraries = () => (existsSync('/usr/lib') ? readdirSync('/usr/lib') : []);

/**
 * Where Firefox is (FIREFOX_PATH, else a usual place), and Debian's WebKit: its driver, what stands in for a screen, and the
 * small browser that is driven. Null where one of them is missing.
 */
function otherBrowsers() {
  const firefox = found([process.env.FIREFOX_PATH, '/usr/bin/firefox-esr', '/usr/bin/firefox']);
  const browser = found(libraries().map((folder) => `/usr/lib/${folder}/webkit2gtk-4.1/MiniBrowser`));
  const [driver, screen] = ['/usr/bin/WebKitWebDriver', '/usr/bin/xvfb-run'].map((path) => found([path]));
  return firefox && browser && driver && screen ? { firefox, webkit: { browser, driver, screen } } : null;
}

const PACKAGES = ['firefox-esr', 'webkit2gtk-driver', 'xvfb', 'xauth'];

/** Finds Firefox and WebKit as people have them, not as Playwright patches them; installs them where it can. */
export async function ensureOtherBrowsers() {
  const there = otherBrowsers();
  if (there) return there;
  console.log('Installing Firefox and WebKit…');
  await installPackages(...PACKAGES);
  const installed = otherBrowsers();
  if (installed) return installed;
  throw new Sentence(
    `Firefox or WebKit is missing. On Debian, as root: apt-get install ${PACKAGES.join(' ')}`,
  );
}
