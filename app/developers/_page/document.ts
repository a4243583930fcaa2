import { createHash } from 'node:crypto';
import { type Html, html, raw } from '../../_server/html';
import { services } from '../../_server/services';
import { PAGES } from './contents';
import { STYLES } from './styles';

const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLES).digest('base64')}'`;

const headers = (secure: boolean): Record<string, string> => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `style-src ${STYLE_HASH}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; '),
  'cache-control': 'public, max-age=300',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  ...(secure && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
});

export type DeveloperPage = {
  /** Below the portal's address; null where nothing is. */
  path: string | null;
  title: string;
  body: Html;
};

/** The list of all pages; the one that is shown is marked. */
const contents = (path: string | null): Html => html`<nav aria-label="Developers"><details>
<summary>All pages</summary>
${Object.entries(PAGES).map(
  ([group, pages]) =>
    html`<h2>${group}</h2><ul>${pages.map(
      (page) =>
        html`<li><a href="${page.path}"${path === page.path && raw(' aria-current="page"')}>${page.title}</a></li>`,
    )}</ul>`,
)}
</details></nav>`;

/** A page for developers, as a whole response: one document, no script, the same for everybody. */
export function developerPage({ path, title, body }: DeveloperPage): Response {
  const { portalUrl } = services().config;
  const page = html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Counterfoil developers</title>
<style>${raw(STYLES)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top"><p><b>Counterfoil</b> <span>Developers</span> <a href="/api/v1/openapi.json">OpenAPI 3.1</a></p></header>
<div class="frame">
${contents(path)}
<main id="main" tabindex="-1"><h1>${title}</h1>
${body}
</main>
</div>
</body>
</html>`;
  const status = path === null ? 404 : 200;
  return new Response(page.text, { status, headers: headers(portalUrl.startsWith('https:')) });
}

/** Where nothing is. */
export const noSuchPage = (): Response =>
  developerPage({
    path: null,
    title: 'There is no such page',
    body: html`<p>Look for it in the <a href="/developers/reference">reference</a> or among the <a href="/developers/problems">errors</a>.</p>`,
  });
