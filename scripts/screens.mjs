// The pictures of every page a payer meets, small enough to be kept, and a few of the desk's: `npm run screens` writes docs/screens.
// CF_SCREENS names a folder for those of every page of the desk.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBrowserTests } from './lib/browser-tests.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT, runMain, Sentence } from './lib/say.mjs';

const MOST_BYTES = 60 * 1024;
const kept = join(ROOT, 'docs', 'screens');
const payer = join(kept, 'payer');
/** Of the desk, under which name each is kept. */
const DESK = {
  'over-list-1440-light': 'admin-links',
  'over-filtered-1440-light': 'admin-links-filtered',
  'many-admin-home-1440-light': 'admin-home',
  'over-qr-768-dark': 'admin-link',
  'many-admin-money-1440-light': 'admin-money',
  'over-palette-found-768-light': 'admin-palette',
  'none-admin-settings-768-light': 'admin-settings',
};

await runMain(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const { default: sharp } = await import('sharp');
  const taken = mkdtempSync(join(tmpdir(), 'counterfoil-screens-'));
  const keep = async (from, to, most = Number.POSITIVE_INFINITY) => {
    const { width, height } = await sharp(from).metadata();
    await sharp(from)
      .extract({ left: 0, top: 0, width, height: Math.min(height, most) })
      .png({ palette: true, colours: 64, effort: 10 })
      .toFile(to);
    if (statSync(to).size > MOST_BYTES) throw new Sentence(`${to} is larger than 60 kB.`);
  };
  process.env.CF_PICTURES = taken;
  try {
    const { failed } = await runBrowserTests(['--project=pictures']);
    if (failed > 0) throw new Sentence('Not every picture could be taken: docs/screens is as it was.');
    rmSync(payer, { recursive: true, force: true });
    mkdirSync(payer, { recursive: true });
    for (const name of readdirSync(join(taken, 'payer')))
      await keep(join(taken, 'payer', name), join(payer, name));
    const desk = process.env.CF_SCREENS ?? join(taken, 'desk');
    for (const [name, as] of Object.entries(DESK))
      await keep(join(desk, `${name}.png`), join(kept, `${as}.png`), 900);
    console.log(
      `${readdirSync(payer).length} pictures of payers' pages and ${Object.keys(DESK).length} of the desk in docs/screens`,
    );
  } finally {
    rmSync(taken, { recursive: true, force: true });
  }
});
