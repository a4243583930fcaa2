import { GROUNDS } from '@/core/accent';

/** The larger height of the windows that banks make their pages for. Source: EMV 3-D Secure, Challenge Window Size. */
const BANK_HEIGHT = '600px';

const SOURCE = `
:root {
  color-scheme: light dark;
  --surface: ${GROUNDS.light.card}; --ink: #1b1c1f; --soft: #5a5d66; --field: #fff; --line: #868a94; --wrong: #b3261e; --wrong-field: #fff6f5;
  --act: #14532d; --act-hover: #1b6a3b; --act-ink: #fff; --ring: #14532d; --good: #166534; --calm: #f1f5f2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --surface: ${GROUNDS.dark.card}; --ink: #f0f0f2; --soft: #a9acb6; --field: #131417; --line: #767a85; --wrong: #ff9d94; --wrong-field: #2d1917;
    --act: #86efac; --act-hover: #a7f3c3; --act-ink: #0b2415; --ring: #86efac; --good: #86efac; --calm: #202b24;
  }
}
*, ::before, ::after { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body { margin: 0; background: var(--surface); color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif }
[hidden] { display: none !important }
main { padding: 4px; overflow: hidden }
form { display: grid; gap: 16px }
p { margin: 0 }
.pair { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 7rem), 1fr)); align-items: start }
.field { min-width: 0 }
.head { display: flex; align-items: center; justify-content: space-between; gap: 12px; min-height: 20px; margin-bottom: 6px; font-size: .875rem; line-height: 1.4 }
label { font-weight: 600 }
#brand { display: flex; align-items: center; gap: 8px; color: var(--soft) }
input {
  width: 100%; min-width: 0; min-height: 48px; padding: 10px 14px; border: 1px solid var(--line); border-radius: 10px;
  background: var(--field); color: inherit; font: inherit; font-variant-numeric: tabular-nums; transition: border-color .15s;
}
#number { letter-spacing: .02em }
[dir=rtl] input { text-align: right }
input:hover { border-color: var(--ink) }
input:focus-visible, button:focus-visible, iframe:focus-visible { outline: 3px solid var(--ring); outline-offset: 1px; border-color: transparent }
input:read-only { color: var(--soft) }
input[aria-invalid=true] { border: 2px solid var(--wrong); padding: 9px 13px; background: var(--wrong-field) }
svg { display: block; flex: none; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round }
.hint, .error { margin-top: 6px; font-size: .875rem; line-height: 1.4 }
.hint { color: var(--soft) }
.error { color: var(--wrong); font-weight: 500 }
.error:empty, #notice:empty, .field:has([aria-invalid=true]) .hint { display: none }
#notice { outline: 0; padding: 12px 14px; border-inline-start: 4px solid var(--wrong); border-radius: 6px; background: var(--wrong-field) }
#notice.calm { border-color: var(--ring); background: var(--calm) }
.over > :not(#notice) { display: none }
button {
  display: flex; align-items: center; justify-content: center; gap: 10px; width: 100%; min-height: 52px; padding: 12px 18px;
  border: 1px solid transparent; border-radius: 10px; background: var(--act); color: var(--act-ink); font: inherit; font-weight: 600;
  font-size: 1.0625rem; line-height: 1.3; cursor: pointer; transition: background-color .15s; touch-action: manipulation;
}
button:hover { background: var(--act-hover) }
button[aria-disabled=true]:hover { background: var(--act) }
button[aria-disabled=true] { cursor: progress }
button:disabled { opacity: .6; cursor: default }
[aria-busy=true] button svg { border: 2px solid; border-top-color: transparent; border-radius: 50%; animation: turn .8s linear infinite }
[aria-busy=true] button svg * { display: none }
@keyframes turn { to { transform: rotate(1turn) } }
#bank p { margin-bottom: 12px; font-weight: 600 }
#bank .whole { margin: 8px 0 0; font-size: 14px; font-weight: 400 }
a { color: inherit }
iframe { display: block; width: 100%; height: ${BANK_HEIGHT}; border: 1px solid var(--line); border-radius: 10px; background: #fff; color-scheme: light }
#done { display: flex; align-items: center; justify-content: center; gap: 10px; min-height: 120px; color: var(--good); font-size: 1.25rem; font-weight: 600; outline: 0 }
#done svg { stroke-width: 2.5 }
#said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
@media (prefers-reduced-motion: reduce) { *, ::before, ::after { transition: none !important } [aria-busy=true] button svg { animation: none; border: 2px dotted } }
@media (forced-colors: active) {
  button { border-color: ButtonText } button:disabled, button[aria-disabled=true] { opacity: 1; color: GrayText; border-color: GrayText }
}
`;

/** The form's style sheet, as it stands in the page: the page's policy names its hash. */
export const FORM_STYLES = SOURCE.replace(/\s+/g, ' ')
  .replace(/ ?([{};,>]) ?/g, '$1')
  .replace(/: /g, ':')
  .trim();
