import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that goes when the test file is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-launcher-'));
  folders.push(folder);
  return folder;
}
