import { DEFAULT_FACES, type Face, facesOf, GROUNDS } from '@/core/accent';
import type { Look } from '@/lib/contracts/branding';

const faceStyle = ({ accent, on }: Face): string => `--accent:${accent};--on:${on}`;
const groundStyle = (scheme: keyof typeof GROUNDS): string =>
  `--bg:${GROUNDS[scheme].page};--card:${GROUNDS[scheme].card}`;

/**
 * The style of every payer page. Inlined, allowed by its hash; no framework, no font, no image from elsewhere. Few sizes and two
 * weights: the first text in each is what the first layout takes longest for.
 */
export const STYLES = `
:root{color-scheme:light dark;${groundStyle('light')};--ink:#1b1c1f;--soft:#5a5d66;--line:#dedfe3;--edge:#8b8e99;--bad:#b3261e;${faceStyle(DEFAULT_FACES.light)};--warn-bg:#fff4db;--warn-ink:#5c4300;--ok:#166534}
@media(prefers-color-scheme:dark){:root{${groundStyle('dark')};--ink:#f0f0f2;--soft:#a9acb6;--line:#34363d;--edge:#7c808c;--bad:#ffb4ab;${faceStyle(DEFAULT_FACES.dark)};--warn-bg:#3a2d05;--warn-ink:#fde9b0;--ok:#86efac}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;min-height:100vh}
main{max-width:30rem;margin:0 auto;padding:1rem min(1rem,5vw) 2.5rem}
@media(min-width:40rem){main{padding-top:3.5rem}}
.test{background:var(--warn-bg);color:var(--warn-ink);text-align:center;font-size:.875rem;padding:.4rem 1rem;margin:0}
header{padding:.5rem .25rem 1rem}
.logo{margin:0 0 1rem}
.logo img{margin:0;border-radius:4px;background:none}
@media(prefers-color-scheme:dark){.logo img{background:#fff;box-shadow:0 0 0 6px #fff}}
.merchant{font-weight:600;margin:0;overflow-wrap:anywhere}
footer{margin-top:1rem;padding:0 .25rem;overflow-wrap:anywhere}
.domain{color:var(--soft);font-size:.875rem;margin:0}
.card{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:min(1.25rem,6.25vw)}
.card+.card{margin-top:1rem}
h1,h2,b{font-weight:600}
h1{font-size:1.375rem;line-height:1.25;margin:0 0 .5rem;text-wrap:balance}
h2{font-size:1rem;margin:0 0 .75rem}
.amount{font-size:2.25rem;line-height:1.15;font-weight:600;letter-spacing:-.02em;margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.amount.words{font-size:1.375rem}
.label{margin:.5rem 0 .15rem;font-weight:600}
.field{margin:0 0 1.1rem}
.field label{display:block;font-weight:600;margin:0 0 .35rem}
.answer{width:100%;border:1px solid var(--edge);border-radius:10px;background:var(--card);color:inherit;font:inherit;font-size:1.25rem;font-weight:600;padding:.6rem .85rem;min-height:48px}
.answer.digits{letter-spacing:.2em;font-variant-numeric:tabular-nums}
.money{display:flex;align-items:center;border:1px solid var(--edge);border-radius:10px;background:var(--card)}
.money:focus-within{outline:3px solid var(--accent);outline-offset:2px}
.money input{flex:1;min-width:0;border:0;background:none;color:inherit;font:inherit;font-size:1.25rem;font-weight:600;font-variant-numeric:tabular-nums;padding:.6rem .85rem;min-height:48px;outline:0}
.money span{color:var(--soft);padding-inline-end:.85rem}
.money:has([aria-invalid]){border-color:var(--bad)}
.hint,.error{margin:.35rem 0 0;font-size:.875rem}
.hint{color:var(--soft)}
.error{color:var(--bad);font-weight:600}
.error:empty{display:none}
.parts{margin:0;grid-template-columns:1fr auto}
.parts dd{white-space:nowrap;font-variant-numeric:tabular-nums;font-weight:600}
.when{color:var(--soft);font-size:.875rem;font-weight:400}
.lead{margin:.25rem 0 0;overflow-wrap:anywhere}
.amount+.lead{margin-top:.5rem}
.ask+form .field,form>.lead~.field:not(.field~.field),form>.lead+.notice{margin-top:1rem}
dl{margin:1rem 0 0;display:grid;grid-template-columns:auto 1fr;gap:.35rem 1rem}
dt{color:var(--soft)}
dd{margin:0;text-align:end;overflow-wrap:anywhere}
.deadline{margin:1rem 0 0;padding-top:1rem;border-top:1px solid var(--line)}
.deadline b{display:block}
.soft{color:var(--soft);font-size:.875rem;margin:.5rem 0 0}
.phrase{font-weight:600;letter-spacing:.01em}
iframe{display:block;margin:0 -4px;width:calc(100% + 8px);height:var(--frame,24.5rem);border:0;color-scheme:light dark}
.notice{background:var(--warn-bg);color:var(--warn-ink);border-radius:10px;padding:.75rem 1rem;margin:0 0 1rem}
.notice[hidden]{display:none}
ul{list-style:none;display:flex;flex-wrap:wrap;gap:0 1.25rem;margin:.5rem 0 0;padding:0 .25rem}
li>*{display:block;padding:.5rem 0}
nav a{color:var(--soft)}
details{margin-top:1rem;padding:0 .25rem}
summary{cursor:pointer;color:var(--soft);padding:.5rem 0;border-radius:6px}
details+details{margin-top:0}
details p{margin:.25rem 0 0;overflow-wrap:anywhere}
.foot{content-visibility:auto;contain-intrinsic-block-size:auto 14rem;overflow-clip-margin:6px}
a{color:inherit}
[dir=rtl] input{text-align:right}
[dir=rtl] .amount{letter-spacing:0}
.acts{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1.25rem;margin:.5rem 0 0}
.acts button{margin:0}
@media(pointer:coarse){.desk{display:none}}
img{display:block;background:#fff;border-radius:10px;margin:.5rem 0 1rem}
button{font:inherit;font-weight:600;color:inherit;background:none;border:1px solid var(--line);border-radius:10px;padding:.6rem 1.1rem;min-height:44px;cursor:pointer;margin-top:1.25rem}
button:disabled{opacity:.6;cursor:default}
button.main{display:block;width:100%;background:var(--accent);border-color:var(--accent);color:var(--on);margin-top:1rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.tick{width:2.75rem;height:2.75rem;color:var(--ok);display:block;margin:0 0 .75rem}
.spin{width:1.75rem;height:1.75rem;border:3px solid var(--line);border-top-color:var(--accent);border-radius:50%;margin:0 0 .9rem;animation:spin 1s linear infinite}
@keyframes spin{to{transform:rotate(1turn)}}
@media(prefers-reduced-motion:reduce){.spin{animation:none;border:4px dotted var(--accent)}}
@media(forced-colors:active){.card,.notice{border:1px solid CanvasText}}
address{font-style:normal;margin-top:1rem;overflow-wrap:anywhere}
@page{margin:18mm}
@media print{:root{--bg:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--ok:#000;color-scheme:light}.no-print,details,form,button,section:has(iframe){display:none}main{max-width:none;padding:0}.card{border:0;border-radius:0;padding:0;break-inside:auto}dt,dd{break-inside:avoid}.test{border:1px solid;background:none;color:#000}}
`.trim();

/** What a merchant's branding adds: colours, and the place of the logo before it is there. Made of numbers and checked colours alone. */
export function brandStyle({ accent, logo }: Pick<Look, 'accent' | 'logo'>): string {
  const { light, dark } = facesOf(accent);
  const colours = `:root{${faceStyle(light)}}@media(prefers-color-scheme:dark){:root{${faceStyle(dark)}}}`;
  return `${accent ? colours : ''}${logo ? `.logo{width:${logo.width}px;height:${logo.height}px}` : ''}`;
}
