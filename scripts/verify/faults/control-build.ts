/** Broken variants of a process, bundled from patched copies of its sources. The sources themselves stay as they are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { ProcessName } from '@/scripts/launcher/processes';

/** Replaces one text of one source file of a bundle. The text must be there: else the control would prove nothing. */
type Patch = { file: string; find: string; put: string };
export type Bundle = { process: ProcessName; entry: string; patches: readonly Patch[] };

/** Bundles a process from patched sources; gives the bundle's path. */
export async function buildVariant(
  root: string,
  name: string,
  { process, entry, patches }: Bundle,
): Promise<string> {
  // Beside the true bundles: the card process looks there for the script of its frame.
  const outfile = join(root, 'dist', `${process}.${name}.mjs`);
  const applied = new Set<Patch>();
  await build({
    absWorkingDir: root,
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: process === 'card' ? 'bundle' : 'external',
    tsconfig: join(root, 'tsconfig.json'),
    logLevel: 'silent',
    plugins: [
      {
        name: 'sabotage',
        setup(it) {
          for (const patch of patches)
            it.onLoad({ filter: new RegExp(`/${patch.file.replaceAll('.', '\\.')}$`) }, ({ path }) => {
              const source = readFileSync(path, 'utf8');
              const contents = patches
                .filter(({ file }) => path.endsWith(file))
                .reduce((text, one) => {
                  if (!text.includes(one.find)) throw new Error(`${one.file} does not hold: ${one.find}`);
                  applied.add(one);
                  return text.replace(one.find, one.put);
                }, source);
              return { contents, loader: 'ts' };
            });
        },
      },
    ],
  });
  if (applied.size !== patches.length)
    throw new Error(`the variant ${name} is not broken: a patch found no file`);
  return outfile;
}
