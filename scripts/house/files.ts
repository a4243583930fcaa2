import { readdirSync } from 'node:fs';
import path from 'node:path';

/** The source files below a folder of the project, as paths from its root. */
export function sourceFiles(folder: string): string[] {
  const root = process.cwd();
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes('node_modules'));
}
