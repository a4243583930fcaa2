import { basename, join } from 'node:path';
import { build } from 'esbuild';

/** Bundles a program of the benchmarks, `lane/receivers` for one; gives the bundle's path. */
export async function bundle(
  root: string,
  name: 'lane/receivers' | 'lane/peers' | 'live/portal',
): Promise<string> {
  const outfile = join(root, 'dist', 'bench', `${basename(name)}.mjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [join(root, 'scripts', 'bench', `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    tsconfig: join(root, 'tsconfig.json'),
    logLevel: 'silent',
  });
  return outfile;
}
