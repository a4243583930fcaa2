/** The style of the developers' pages. Inlined, allowed by its hash; no framework, no font, no image from elsewhere. */
export const STYLES = `
:root{color-scheme:light dark;--bg:#fbfbf9;--card:#fff;--ink:#1b1c1f;--soft:#5a5d66;--line:#dedfe3;--accent:#14532d;--code:#f1f2ee;--bad:#b3261e;--warn-bg:#fff4db;--warn-ink:#5c4300}
@media(prefers-color-scheme:dark){:root{--bg:#111214;--card:#1b1c20;--ink:#f0f0f2;--soft:#a9acb6;--line:#34363d;--accent:#86efac;--code:#202227;--bad:#ffb4ab;--warn-bg:#3a2d05;--warn-ink:#fde9b0}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;z-index:1}
.top{border-bottom:1px solid var(--line);background:var(--card)}
.top p{max-width:76rem;margin:0 auto;padding:.85rem 1.25rem;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:baseline}
.top b{font-weight:650}
.top a{margin-inline-start:auto;font-size:.9375rem}
.frame{max-width:76rem;margin:0 auto;padding:0 1.25rem 4rem}
nav{padding:.5rem 0;border-bottom:1px solid var(--line)}
nav summary{cursor:pointer;font-weight:600;min-height:44px;display:flex;align-items:center;justify-content:space-between}
nav summary::after{content:"+";font-size:1.25rem;color:var(--soft)}
nav details[open] summary::after{content:"–"}
nav h2{font-size:.8125rem;font-weight:600;color:var(--soft);margin:1rem 0 .25rem;padding:0;border:0}
nav ul{list-style:none;margin:0;padding:0}
nav li a{display:block;padding:.35rem .6rem;margin:0 -.6rem;color:inherit;text-decoration:none;border-radius:6px}
nav li a:hover{text-decoration:underline}
nav [aria-current]{background:var(--code);font-weight:600}
main{min-width:0;padding-top:1.25rem}
@media(min-width:60rem){.frame{display:grid;grid-template-columns:14rem minmax(0,46rem);gap:3.5rem}nav{border:0;padding:1.5rem .6rem;margin-inline:-.6rem;position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto}main{padding-top:2rem}@supports selector(details::details-content){nav summary{display:none}nav details::details-content{content-visibility:visible}}}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .75rem;text-wrap:balance}
h2{font-size:1.25rem;line-height:1.3;margin:2.5rem 0 .75rem;padding-top:1.5rem;border-top:1px solid var(--line)}
h3{font-size:1rem;margin:1.5rem 0 .5rem}
p{margin:.75rem 0}
.lead{font-size:1.0625rem;color:var(--soft)}
.soft{color:var(--soft);font-size:.9375rem}
code,pre{font:.875em/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
code{background:var(--code);padding:.1em .3em;border-radius:4px;overflow-wrap:anywhere}
figure{margin:1rem 0;border:1px solid var(--line);border-radius:10px;overflow:hidden;background:var(--code)}
figcaption{font-size:.8125rem;color:var(--soft);padding:.4rem 1rem;border-bottom:1px solid var(--line)}
pre{margin:0;padding:.85rem 1rem;white-space:pre-wrap;overflow-wrap:anywhere;tab-size:2}
pre code{background:none;padding:0;font-size:1em}
.route{font-size:1rem;margin:.5rem 0;overflow-wrap:anywhere}
.method{font-weight:700;font-size:.8125rem;letter-spacing:.02em;border:1px solid var(--line);border-radius:6px;padding:.15rem .45rem;margin-inline-end:.4rem}
dl{margin:.5rem 0}
dl.fields{border:1px solid var(--line);border-radius:10px;background:var(--card)}
dl.fields div{padding:.55rem 1rem}
dl.fields div+div{border-top:1px solid var(--line)}
dt{display:flex;flex-wrap:wrap;gap:.15rem .6rem;align-items:baseline}
dt .type{color:var(--soft);font-size:.875rem}
dt .must{color:var(--bad);font-size:.8125rem;font-weight:600}
dd{margin:.1rem 0 0;font-size:.9375rem;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;margin:1rem 0;font-size:.9375rem}
th,td{text-align:start;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th{font-weight:600;color:var(--soft)}
td.num{font-variant-numeric:tabular-nums;white-space:nowrap}
.list{list-style:none;padding:0;margin:.75rem 0}
.list li{padding:.5rem 0;border-bottom:1px solid var(--line)}
.list .soft{display:block}
.note{background:var(--warn-bg);color:var(--warn-ink);border-radius:10px;padding:.75rem 1rem}
.note code{background:none;padding:0;font-weight:600}
ol.steps{padding-inline-start:1.25rem}
ol.steps>li{padding-inline-start:.25rem;margin-bottom:1.5rem}
@media(forced-colors:active){figure,dl.fields,.note{border:1px solid CanvasText}}
@media print{nav,.skip{display:none}.frame{display:block}figure{break-inside:avoid}}
`.trim();
