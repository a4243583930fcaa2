import { readFileSync } from 'node:fs';

/** The text of the browser script of the card form: `path` when one is given, else `frame.js` beside the running bundle. */
export function readFrameScript(path: string | null, bundleUrl: string): string {
  const text = readFileSync(path ?? new URL('./frame.js', bundleUrl), 'utf8').trim();
  if (/<\/script|<!--/i.test(text)) throw new Error('the frame script cannot be inlined');
  return text;
}
