import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { APPROVED, expect, expectState, pay, run, test, uniqueReference } from './support';

const ROOT = path.resolve(import.meta.dirname, '..');
const API = `${run.portalUrl}/api/v1`;
const STRICT = {
  strict: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  skipLibCheck: true,
  module: 'esnext',
  moduleResolution: 'bundler',
  target: 'es2023',
  lib: ['es2023', 'dom', 'dom.iterable'],
  types: ['node'],
};
const tool = (file: string, ...args: string[]) =>
  execFileSync(process.execPath, [path.join(ROOT, 'node_modules', file), ...args], { stdio: 'pipe' });

type Told = { id: string; url: string; status: string };
type Client = {
  connect(baseUrl: string, key: string): void;
  issue(reference: string): Promise<Told>;
  read(id: string): Promise<Told>;
  refund(paymentLink: string, amountMinor: number): Promise<{ object: string; state: string }>;
  follow(createdFrom: string): AsyncGenerator<{ type: string; paymentLink: string | null; sequence: number }>;
};

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'counterfoil-client-'));
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Makes a client from the served document, checks its types and those of the sample on it, and loads the sample. */
async function makeClient(): Promise<Client> {
  tool('oazapfts/dist/cli.js', `${API}/openapi.json`, path.join(folder, 'api.ts'));
  copyFileSync(path.join(ROOT, 'docs/samples/payment-client.ts'), path.join(folder, 'payment-client.ts'));
  const config = { compilerOptions: STRICT, files: ['api.ts', 'payment-client.ts'] };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  tool('typescript/bin/tsc', '-p', folder);
  const outfile = path.join(folder, 'payment-client.mjs');
  await build({
    entryPoints: [path.join(folder, 'payment-client.ts')],
    ...{ outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'silent' },
  });
  return import(pathToFileURL(outfile).href) as Promise<Client>;
}

test('a client made from the document issues a link, reads it paid, refunds it and follows its events', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const client = await makeClient();
  client.connect(API, run.apiKey);
  const since = new Date(Date.now() - 60_000).toISOString();
  const link = await client.issue(uniqueReference());
  expect(link.status).toBe('active');
  await page.goto(link.url);
  await pay(page, APPROVED);
  await expectState(page, 'paid');
  expect((await client.read(link.id)).status).toBe('paid');
  expect(await client.refund(link.id, 500)).toMatchObject({ object: 'refund', state: 'pending' });
  const seen: { type: string; sequence: number }[] = [];
  for await (const event of client.follow(since)) {
    if (event.paymentLink === link.id) seen.push(event);
    if (seen.some(({ type }) => type === 'refund.succeeded')) break;
  }
  const types = seen.map(({ type }) => type);
  for (const type of ['payment_link.created', 'payment_link.paid', 'refund.created'])
    expect(types.filter((one) => one === type)).toHaveLength(1);
  expect((await client.read(link.id)).status).toBe('partially_refunded');
  await expect(client.read('plink_nothing')).rejects.toThrow('not_found');
});

test('the types of the client refuse what the API would refuse', async () => {
  await makeClient();
  const wrong = `import * as api from './api';\nvoid api.createPaymentLink({ amountMinor: '1240', currency: 'GBP', surprise: 1 });\n`;
  writeFileSync(path.join(folder, 'payment-client.ts'), wrong);
  expect(() => tool('typescript/bin/tsc', '-p', folder)).toThrow(/Command failed/);
});
