import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { loadProgram } from './bundles.mjs';
import { startProduct } from './product.mjs';
import { ROOT } from './say.mjs';
import { talk } from './stop-drills.mjs';

function command({ env }, name, ...args) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'scripts', `${name}.mjs`), ...args],
    {
      cwd: ROOT,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ENV_FILE: devNull, ...env },
      encoding: 'utf8',
    },
  );
  return { status, output: stdout + stderr };
}

/** Runs the product while `work` lasts. */
async function whileRunning(installation, work) {
  const product = startProduct(installation);
  await product.ready;
  try {
    return await work(talk(installation));
  } finally {
    const { code } = await product.stop('SIGTERM');
    assert.equal(code, 0, product.output());
  }
}

/** A payment, then backup, the database lost, restore: the payment, its books and its audit trail are there. */
export async function backupBringsItBack(installation) {
  const file = join(installation.dataDir, 'one.backup');
  const link = await whileRunning(installation, async ({ api, ticketFor, authorize }) => {
    const made = await api('/payment-links', { amountMinor: 1240, currency: 'GBP' });
    await authorize(await ticketFor(made));
    const saved = command(installation, 'backup', file);
    assert.equal(saved.status, 0, saved.output);
    const busy = command(installation, 'restore', file);
    assert.equal(busy.status, 1);
    assert.match(busy.output, /already running/);
    return api(`/payment-links/${made.id}`);
  });
  assert.equal(link.status, 'paid');
  const full = command(installation, 'restore', file);
  assert.match(full.output, /is in use/);
  const { loseDatabase } = await loadProgram('backup', 'scripts/backup/main.ts');
  await loseDatabase(installation.dataDir);
  const restored = command(installation, 'restore', file);
  assert.equal(restored.status, 0, restored.output);
  assert.match(restored.output, /merchant 1 GBP payment \d+ \d+/);
  await whileRunning(installation, async ({ api }) => {
    assert.deepEqual(await api(`/payment-links/${link.id}`), link);
    const trail = command(installation, 'verify-audit');
    assert.equal(trail.status, 0, trail.output);
  });
}
