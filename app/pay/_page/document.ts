import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Scheme } from '@/core/accent';
import { directionOf, type Locale } from '@/core/messages';
import type { Look } from '@/lib/contracts/branding';
import { translator } from '@/lib/i18n';
import { Recent } from '@/lib/recent';
import type { Answer } from '../../_server/front';
import { type Html, html, raw } from '../../_server/html';
import { gzipOf, type Part, partOf } from './squeeze';
import { brandStyle, STYLES } from './styles';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** What stands in every page, and the name by which its policy allows it. */
type Allowed = { text: string; hash: string };
const allowed = (text: string): Allowed => ({ text, hash: hashOf(text) });

/** The page's one script, bundled by the build. Read once; again at each page under `npm run dev`. */
let script: Allowed | undefined;
function pageScript(): Allowed {
  if (script === undefined || process.env.NODE_ENV === 'development')
    script = allowed(readFileSync(path.join(process.cwd(), 'dist', 'pay-page.js'), 'utf8').trim());
  return script;
}

export const style = allowed(STYLES);

export type PageOptions = {
  status: number;
  locale: Locale;
  title: string;
  body: Html;
  /** The last of the body, where it is that of all such pages of the merchant: it is made and kept once. */
  foot?: Html;
  /** Whose page it is, where that may be told. */
  look?: Look;
  /** Origin of the card form, where the page holds one. */
  cardOrigin: string;
  /** Where the page's forms may lead besides here: to the banks, from a page of a bank check. */
  leadsTo?: readonly string[];
  /** For the desk's preview: in this scheme, framed by our own pages, with a logo that is not kept yet. */
  preview?: Scheme;
  withScript: boolean;
  withFrame: boolean;
  secure: boolean;
  /** Compressed here, where the answer is said to be; else by what sends it. */
  isSqueezed?: boolean;
  /** Headers of this page besides those of all. */
  more?: Record<string, string>;
};

/** Of all answers that belong to a payment link, a way to another domain too: its address is a secret. */
export const linkHeaders = (secure: boolean) => ({
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
  ...(secure && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
});

function headers(
  { cardOrigin, look, preview, withScript, withFrame, secure, isSqueezed, more, leadsTo = [] }: PageOptions,
  styles: readonly Allowed[],
): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `style-src ${styles.map(({ hash }) => hash).join(' ')}`,
    withScript ? `script-src ${pageScript().hash}` : '',
    withScript ? "connect-src 'self'" : '',
    withScript || look ? `img-src 'self'${preview ? ' data:' : ''}` : '',
    withFrame ? `frame-src ${cardOrigin}` : '',
    `frame-ancestors ${preview ? "'self'" : "'none'"}`,
    "base-uri 'none'",
    ['form-action', "'self'", ...leadsTo].join(' '),
  ];
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.filter(Boolean).join('; '),
    ...linkHeaders(secure),
    'x-frame-options': preview ? 'SAMEORIGIN' : 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': `payment=(self "${cardOrigin}"), camera=(), microphone=(), geolocation=()`,
    ...(isSqueezed && { 'content-encoding': 'gzip', vary: 'accept-encoding' }),
    ...more,
  };
}

/** Of the drawn card form: two fields beside each other. */
const DRAWN = '.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem}';

/** The styles of a page; of a preview those of one scheme, whatever the browser prefers. */
function stylesOf({ look, preview }: PageOptions): Allowed[] {
  const own = look && brandStyle(look);
  if (!preview) return own ? [style, allowed(own)] : [style];
  const query = preview === 'dark' ? '@media all' : '@media not all';
  const text = `${STYLES}${own ?? ''}${DRAWN}`
    .replaceAll('@media(prefers-color-scheme:dark)', query)
    .replace('color-scheme:light dark', `color-scheme:${preview}`);
  return [allowed(text)];
}

type Head = { locale: Locale; scheme: string; common: string };
const headOf = ({ locale, scheme, common }: Head): Html => html`<!doctype html>
<html lang="${locale}" dir="${directionOf(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="${scheme}">
<meta property="og:description" content="${translator(locale)('page.title')}">
<style>${raw(common)}</style>`;

const endOf = (foot: Html, withScript: boolean): Html => html`${foot}
${withScript && html`<script>${raw(pageScript().text)}</script>`}
</body>
</html>`;

/** What the pages of a language begin with, and what those of a merchant end with: alike on many, and so made once. */
const kept = new Recent<Part>(500);
function keptPart(name: string, make: () => Html): Part {
  const part = () => partOf(make().text);
  return process.env.NODE_ENV === 'development' ? part() : kept.get(name, part);
}

/** A complete HTML document: all it needs is in it, but the card form in its frame. */
export function payerDocument(options: PageOptions): Answer {
  const { locale, title, body, foot = html``, preview, withScript, status, isSqueezed } = options;
  const styles = stylesOf(options);
  const [common = '', ...others] = styles.map(({ text }) => text);
  const head = () => headOf({ locale, scheme: preview ?? 'light dark', common });
  const end = () => endOf(foot, withScript);
  const own = html`${others.map((text) => html`<style>${raw(text)}</style>`)}
<title>${title}</title>
<meta property="og:title" content="${title}">
</head>
<body>
${body}`;
  const sent = isSqueezed
    ? gzipOf(
        keptPart(locale, head),
        Buffer.from(own.text),
        keptPart(`${withScript ? 'with' : 'without'} ${foot.text}`, end),
      )
    : head().text + own.text + end().text;
  return { status, headers: headers(options, styles), body: sent };
}
