// The pictures of every page a payer meets, small enough to be kept: `npm run screens` writes docs/screens/payer.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBrowserTests } from './lib/browser-tests.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT, runMain, Sentence } from './lib/say.mjs';

const MOST_BYTES = 60 * 1024;
const kept = join(ROOT, 'docs', 'screens', 'payer');

await runMain(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const { default: sharp } = await import('sharp');
  const taken = mkdtempSync(join(tmpdir(), 'counterfoil-screens-'));
  process.env.CF_PAYER_PICTURES = taken;
  try {
    const { failed } = await runBrowserTests(['--project=pictures']);
    if (failed > 0) throw new Sentence('Not every picture could be taken: docs/screens/payer is as it was.');
    rmSync(kept, { recursive: true, force: true });
    mkdirSync(kept, { recursive: true });
    for (const name of readdirSync(taken)) {
      await sharp(join(taken, name)).png({ palette: true, colours: 64, effort: 10 }).toFile(join(kept, name));
      if (statSync(join(kept, name)).size > MOST_BYTES) throw new Sentence(`${name} is larger than 60 kB.`);
    }
    console.log(`${readdirSync(kept).length} pictures in docs/screens/payer`);
  } finally {
    rmSync(taken, { recursive: true, force: true });
  }
});
