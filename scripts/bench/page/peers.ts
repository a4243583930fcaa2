/** What the pay page is measured beside, served as it is: compressed, over HTTP/1.1, on this machine. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Surroundings } from '../benchmark';

type Served = { type: string; body: Buffer };

/** Serves these documents by path; gives the origin. */
export function serve(
  { onClose }: Surroundings,
  port: number,
  pages: Record<string, Served>,
): Promise<string> {
  const server = createServer(({ url = '' }, response) => {
    const page = pages[url];
    if (!page) return response.writeHead(404).end();
    response.writeHead(200, {
      'content-type': page.type,
      'content-encoding': 'gzip',
      'cache-control': 'no-cache',
    });
    response.end(page.body);
  });
  onClose(() => server.close());
  return new Promise((resolve) => server.listen(port, () => resolve(`http://localhost:${port}`)));
}

const served = (type: string, text: string | Uint8Array): Served => ({ type, body: gzipSync(text) });
const page = (html: string): Served => served('text/html; charset=utf-8', html);

const withoutScript = (html: string): string => html.replaceAll(/<script[^>]*>[\s\S]*?<\/script>/g, '');

/** The same look as one document without script: page and form as they are sent, the form inside it. */
export function twinOf(html: string, form: string): Served {
  const inside = withoutScript(form).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const frame = /<iframe id="card-frame"[^>]*>/;
  if (!frame.test(html)) throw new Error('the pay page has no card form');
  return page(withoutScript(html).replace(frame, `<iframe id="card-frame" srcdoc="${inside}">`));
}

/** What a browser takes for any document at all. */
export const ONE_WORD = page(
  '<!doctype html><html lang="en"><head><title>Pay</title></head><body><p>Pay</p></body></html>',
);

const ADYEN = `import { AdyenCheckout, Card } from '@adyen/adyen-web';
import '@adyen/adyen-web/styles/adyen.css';
const amount = { value: 1240, currency: 'GBP' };
const analytics = { enabled: false };
AdyenCheckout({ clientKey: 'test_BENCH', environment: 'test', countryCode: 'GB', locale: 'en-GB', amount, analytics }).then(
  (checkout) => new Card(checkout, { hasHolderName: true, holderNameRequired: true }).mount('#card'),
);`;

/** Adyen's card component as its pages say to bundle it. Its fields come from Adyen's servers, which nobody asks here: its own files alone. */
export async function adyenPages(root: string): Promise<Record<string, Served>> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents: ADYEN, resolveDir: root, loader: 'js' },
    outdir: join(root, 'dist/bench/adyen'),
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: ['es2020', 'safari15'],
    logLevel: 'silent',
  });
  const file = (end: string): Uint8Array =>
    outputFiles.find(({ path }) => path.endsWith(end))?.contents ?? new Uint8Array();
  return {
    '/adyen': page(
      '<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/adyen.css"></head><body><h1>Pay £12.40</h1><div id="card"></div><script src="/adyen.js"></script></body></html>',
    ),
    '/adyen.js': served('text/javascript', file('.js')),
    '/adyen.css': served('text/css', file('.css')),
  };
}
