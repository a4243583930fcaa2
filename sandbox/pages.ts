/** The frame of every page for people: one style sheet allowed by its hash, everything else forbidden. */
import { createHash } from 'node:crypto';
import type { Answer } from './http';

/** HTML that is already safe. Made only by `html`, which escapes whatever is put into it. */
export class Html {
  constructor(readonly text: string) {}
}
type Part = Html | string | number | null | readonly Html[];

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

function render(part: Part): string {
  if (part === null) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return part.map((one) => one.text).join('');
}

export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(strings.reduce((text, string, i) => text + render(parts[i - 1] ?? null) + string));

const STYLE = `
:root{color-scheme:light dark;--ink:#1d2430;--dim:#5a6475;--paper:#f6f7f9;--card:#fff;--line:#d9dee7;--accent:#2450c4;--good:#17703c;--bad:#b3261e}
@media (prefers-color-scheme:dark){:root{--ink:#e8ebf1;--dim:#a3adbd;--paper:#12161d;--card:#1b212b;--line:#343d4c;--accent:#8fb0ff;--good:#6fd39a;--bad:#ff9c94}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:52rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.5rem;line-height:1.2;margin:.5rem 0}
h2{font-size:1.1rem;margin:0 0 .25rem;overflow-wrap:anywhere}
a{color:var(--accent)}
nav{font-size:.9rem}
.dim{color:var(--dim);font-size:.9rem;margin:.25rem 0}
.card{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1rem 1.25rem;margin:1rem 0}
.top{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;justify-content:space-between}
.tag{border:1px solid currentColor;border-radius:1rem;padding:0 .6rem;font-size:.8rem;white-space:nowrap;color:var(--dim)}
.good{color:var(--good)}.bad{color:var(--bad)}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:.5rem 0}
pre.code{font:.85rem/1.45 ui-monospace,Menlo,Consolas,monospace;background:var(--paper);border-radius:.5rem;padding:.75rem;max-height:24rem;overflow:auto}
ul{padding-left:1.2rem;margin:.5rem 0}li{overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:.95rem}td,th{text-align:left;padding:.4rem .5rem;border-top:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
td.num{font-variant-numeric:tabular-nums;white-space:nowrap}
form.row{display:flex;gap:.5rem;flex-wrap:wrap;margin:1rem 0}
input,button{font:inherit;border-radius:.5rem;border:1px solid var(--line);padding:.6rem .9rem;min-height:2.75rem}
input{flex:1 1 14rem;background:var(--card);color:var(--ink)}
button{background:var(--card);color:var(--ink);cursor:pointer}
button.main{background:var(--accent);border-color:var(--accent);color:var(--paper);font-weight:600}
.stack{display:grid;gap:.6rem;margin-top:1rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
iframe{width:100%;height:26rem;border:1px solid var(--line);border-radius:.5rem;background:#fff}
summary{cursor:pointer;color:var(--accent)}
main:has(>.bank){padding:.5rem}
.bank{max-width:26rem;margin:0 auto}.bank h1{font-size:1.25rem}.bank form+.dim{margin-top:.75rem}.bank dl{margin:.75rem 0}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:.6rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:1rem 0}dt{color:var(--dim)}dd{margin:0;text-align:right;font-weight:600}
`;

/** Fetches the page again while it is being looked at and no part of it is open, and changes it only if it differs. */
const REFRESH = `setInterval(async()=>{if(document.hidden||document.querySelector('details[open]')||document.activeElement?.tagName==='INPUT'||getSelection()?.toString())return;try{const r=await fetch(location.href);if(!r.ok)return;const d=new DOMParser().parseFromString(await r.text(),'text/html');const a=document.getElementById('list'),b=d.getElementById('list');if(a&&b&&a.innerHTML!==b.innerHTML)a.replaceWith(b)}catch{}},3000)`;

const sha = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

type Options = {
  status?: number;
  /** Origins, beside our own, that a form may lead to. */
  formTargets?: readonly string[];
  /** `*` for the bank, which any shop frames; `'none'` otherwise. */
  frameAncestors?: '*' | "'none'";
  refresh?: boolean;
  /** What a page needs beside that of all pages. */
  style?: string;
  script?: string;
  framesOwn?: boolean;
};

/** A whole page. `body` is what stands in `<main>`. */
export function page(title: string, body: Html, options: Options = {}): Answer {
  const script = options.refresh ? REFRESH : options.script;
  const style = STYLE + (options.style ?? '');
  const policy = [
    "default-src 'none'",
    `style-src ${sha(style)}`,
    script ? `script-src ${sha(script)}; connect-src 'self'` : "script-src 'none'",
    options.framesOwn ? "frame-src 'self'" : "frame-src 'none'",
    `form-action ${["'self'", ...(options.formTargets ?? [])].join(' ')}`,
    `frame-ancestors ${options.frameAncestors ?? "'none'"}`,
    "base-uri 'none'",
  ].join('; ');
  const document = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title><style>${new Html(style)}</style></head>
<body><main>${body}</main>${script ? new Html(`<script>${script}</script>`) : null}</body></html>`;
  return {
    status: options.status ?? 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
    body: document.text,
  };
}

/** Forms of these pages say where they come from, which is asked of them. */
export const withOrigin = (answer: Answer): Answer => ({
  ...answer,
  headers: { ...answer.headers, 'referrer-policy': 'same-origin' },
});

export const home = html`<nav><a href="/">Counterfoil sandbox</a></nav>`;

/** A time as people read it, to the second, in UTC. */
export const timeText = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
