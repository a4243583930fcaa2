import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { facesOf } from '@/core/accent';
import { lookAt, readBranding, saveBranding } from '@/lib/branding';
import { samplePage } from '@/lib/pay-page';
import { LinkTales } from '@/lib/payment-links/testing';
import { type TestHouse, testHouse } from '@/lib/testing';
import { renderCheck } from '../../verify/render';
import { readyBody } from './ready';
import { renderPreview } from './render';
import { viewOf } from './view';

const ACCENT = '#1d4ed8';
let house: TestHouse;
const tales = new LinkTales(() => house);
beforeAll(async () => {
  house = await testHouse();
  const before = await readBranding(house.as('owner'));
  await saveBranding(house.as('owner'), {
    version: before.ok ? before.value.version : 0,
    name: 'Juniper <b>',
    accent: ACCENT,
    footer: 'Company </footer><script>',
  });
});
afterAll(() => house.close());

/** The styles of a document, each of which its policy must name by its hash. */
async function stylesIn(response: Response): Promise<{ text: string; html: string }> {
  const html = await response.text();
  const all = [...html.matchAll(/<style>(.*?)<\/style>/gs)].map(([, text = '']) => text);
  const policy = response.headers.get('content-security-policy') ?? '';
  for (const one of all)
    expect(policy).toContain(`'sha256-${createHash('sha256').update(one).digest('base64')}'`);
  expect(policy).not.toContain('unsafe');
  expect(html).not.toMatch(/ style="/);
  return { text: all.join('\n'), html };
}

test('a page is in the colours of its merchant, by a style that its policy names, and what they wrote is text', async () => {
  const page = await tales.page((await tales.issued()).url);
  const { config } = house.services;
  const { light, dark } = facesOf(ACCENT);
  for (const [scheme, shown, hidden] of [
    ['light', '@media not all{:root{--accent', ':root{color-scheme:dark'],
    ['dark', '@media all{:root{--accent', ':root{color-scheme:light'],
  ] as const) {
    const sample = samplePage(house.services.config, page.merchant, 'paid', new Date());
    const preview = renderPreview({ ...viewOf(config, sample, ''), isPreview: true }, scheme);
    expect(preview.headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
    const { text, html } = await stylesIn(preview);
    expect(text).toContain(`:root{--accent:${light.accent};--on:${light.on}}`);
    expect(text).toContain(`:root{--accent:${dark.accent};--on:${dark.on}}`);
    expect(text).toContain(shown);
    expect(text).not.toContain(hidden);
    expect(html).toContain('Juniper &lt;b&gt;');
    expect(html).toContain('Company &lt;/footer&gt;&lt;script&gt;');
    expect(html).toContain('inert');
  }
});

test('the card form gets four colours behind its nonce; without a colour of the merchant’s it gets none', async () => {
  const page = await tales.page((await tales.issued()).url);
  const view = viewOf(house.services.config, page, 'token');
  expect(readyBody(view, null).text).toMatch(/#[\w-]{36}\.1d4ed8ffffff[0-9a-f]{12}"/);
  const plain = { ...view, look: { ...view.look, accent: null } };
  expect(readyBody(plain, null).text).toMatch(/#[\w-]{36}"/);
});

test('the page that checks a request looks like the merchant where there is but one', async () => {
  const { services } = house;
  const { portalUrl } = services.config;
  expect(await lookAt(services, portalUrl)).toBeNull();
  const page = await tales.page((await tales.issued()).url);
  const { look } = viewOf(services.config, page, '');
  const { text, html } = await stylesIn(renderCheck(services.config, portalUrl, 'en', 'ask', look));
  expect(text).toContain(`--accent:${ACCENT}`);
  expect(html).toContain('Juniper &lt;b&gt;');
  const { html: bare } = await stylesIn(renderCheck(services.config, portalUrl, 'en', 'ask', null));
  expect(bare).not.toContain('Juniper');
});
