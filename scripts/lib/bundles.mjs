import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './say.mjs';

const common = {
  absWorkingDir: ROOT,
  bundle: true,
  logLevel: 'silent',
  tsconfig: join(ROOT, 'tsconfig.json'),
  define: { 'process.env.NODE_ENV': '"production"' },
};
const node = {
  ...common,
  define: {},
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  sourcemap: 'linked',
};
const browser = {
  ...common,
  platform: 'browser',
  format: 'iife',
  target: ['es2020', 'safari15'],
  minify: true,
};

/** Every bundle: its entry, its file in dist, and the process that must start anew when it changes. */
export const BUNDLES = [
  { name: 'launcher', entry: 'scripts/launcher/main.ts', file: 'launcher.mjs', process: null, options: node },
  { name: 'setup', entry: 'scripts/setup.ts', file: 'setup.mjs', process: null, options: node },
  {
    name: 'verify-pan',
    entry: 'scripts/verify/pan/main.ts',
    file: 'verify-pan.mjs',
    process: null,
    options: node,
  },
  {
    name: 'verify-page',
    entry: 'scripts/verify/page/main.ts',
    file: 'verify-page.mjs',
    process: null,
    options: node,
  },
  { name: 'worker', entry: 'worker/main.ts', file: 'worker.mjs', process: 'worker', options: node },
  { name: 'sandbox', entry: 'sandbox/main.ts', file: 'sandbox.mjs', process: 'sandbox', options: node },
  {
    name: 'card',
    entry: 'card/server.ts',
    file: 'card.mjs',
    process: 'card',
    // Bundled whole: the card process is deployed and read as one file.
    options: { ...node, packages: 'bundle' },
  },
  { name: 'frame', entry: 'card/frame/main.ts', file: 'frame.js', process: 'card', options: browser },
  {
    name: 'pay-page',
    entry: 'app/pay/_client/main.ts',
    file: 'pay-page.js',
    process: 'portal',
    options: browser,
  },
  {
    name: 'receipt-pdf',
    entry: 'lib/receipts/thread.ts',
    file: 'receipt-pdf.mjs',
    process: 'portal',
    options: node,
  },
];

/** A program for this Node that is not part of the product: a verifier, bundled when it is run. */
const nodeBundle = (name, entry) => ({
  name,
  entry,
  file: `${name}.mjs`,
  process: null,
  options: node,
});

/** The bundles that run in a browser. */
export const BROWSER_BUNDLES = BUNDLES.filter(({ options }) => options === browser);

/** esbuild's options for one bundle. */
export const esbuildOptions = ({ entry, file, options }) => ({
  ...options,
  entryPoints: [join(ROOT, entry)],
  outfile: join(ROOT, 'dist', file),
});

/** Bundles a program for this Node into dist/ and gives its file. */
export async function bundleProgram(name, entry) {
  const { build } = await import('esbuild');
  const options = esbuildOptions(nodeBundle(name, entry));
  await build(options);
  return options.outfile;
}

/** Bundles a program for this Node and loads it into this process. */
export const loadProgram = async (name, entry) =>
  import(pathToFileURL(await bundleProgram(name, entry)).href);
