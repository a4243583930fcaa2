/** The pages' own code: keeps what is live as the server shows it, and does what is pressed. */
export const LIVE_MS = 500;

/** `data-live` names what follows the server; it is changed only where it differs, so that focus and reading stay. */
export const SCRIPT = `
const root = document.getElementById('phone');
const problem = document.getElementById('problem');
const pressed = document.getElementById('pressed');

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) {
    problem.textContent = 'The sandbox does not answer, or this call is gone.';
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const old of document.querySelectorAll('[data-live]')) {
    const now = fresh.getElementById(old.id);
    if (!now) continue;
    if (old.innerHTML !== now.innerHTML) old.innerHTML = now.innerHTML;
    old.className = now.className;
    if ('disabled' in old) old.disabled = now.disabled;
    if ('value' in old) old.value = now.value;
  }
}

async function act(path, body) {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch('/phone/' + root.dataset.call + '/' + path, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => null);
  const told = answer?.ok ? null : ((await answer?.json().catch(() => null))?.message ?? 'The sandbox does not answer.');
  problem.textContent = told ?? '';
  if (path !== 'keys') await refresh();
  return told === null;
}

let last = Promise.resolve();
function press(key) {
  const button = document.querySelector('[data-key="' + key + '"]');
  if (!button || button.disabled) return;
  button.classList.add('down');
  setTimeout(() => button.classList.remove('down'), 150);
  last = last.then(() => act('keys', { keys: key })).then((done) => {
    pressed.textContent = '';
    if (done) setTimeout(() => { pressed.textContent = 'Key pressed'; }, 50);
  });
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (button?.dataset.key) press(button.dataset.key);
  if (button?.dataset.hangUp) act('hang-up', { by: button.dataset.hangUp });
  if (button?.id === 'hold') act('hold', { on: button.value === 'on' });
});
document.addEventListener('keydown', (event) => {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input')) return;
  if (/^[0-9*#]$/.test(event.key)) press(event.key);
});
document.getElementById('transfer')?.addEventListener('submit', (event) => {
  event.preventDefault();
  act('hand-over', { agent: event.target.elements.agent.value });
});
setInterval(refresh, ${LIVE_MS});
`;

export const STYLE = `
main:has(.parties){max-width:64rem}
main:has(.alone){max-width:26rem}
.fields{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.75rem 1rem;margin:.75rem 0 1rem}
.fields label{display:grid;gap:.25rem;font-size:.9rem;color:var(--dim)}
.fields input,.fields select{width:100%}
select{font:inherit;border-radius:.5rem;border:1px solid var(--line);padding:.6rem .9rem;min-height:2.75rem;background:var(--card);color:var(--ink)}
.tags{display:flex;flex-wrap:wrap;gap:.4rem;margin:.5rem 0}
.parties{display:grid;grid-template-columns:1fr 1fr;gap:1rem;align-items:start}
.parties .card{margin:0}
@media (max-width:44rem){.parties{grid-template-columns:1fr}}
.hears{border-left:4px solid var(--line);padding:.15rem 0 .15rem .75rem;margin:.75rem 0;min-height:3.2rem}
.hears b{display:block}
.hears.tone{border-color:var(--bad)}.hears.mask{border-color:var(--accent)}.hears.speech{border-color:var(--good)}
.pad{display:grid;grid-template-columns:repeat(3,1fr);gap:.6rem;margin:1rem 0 .25rem}
.pad button{font-size:1.5rem;min-height:3.75rem;font-weight:600;font-variant-numeric:tabular-nums;touch-action:manipulation}
.pad .down{background:var(--accent);color:var(--paper)}
button.end{color:var(--bad);border-color:currentColor;font-weight:600;width:100%}
button:disabled{opacity:.45;cursor:default}
.pressed{min-height:1.5rem;text-align:center}
h3{font-size:1rem;margin:1rem 0 .25rem}
form.row{margin:.6rem 0}form.row input{flex:1 1 9rem;min-width:0}
.strip{display:block;width:100%;height:1.5rem;background:var(--paper);border-radius:.3rem}
.strip .speech,.key.speech{fill:var(--good);background:var(--good)}.strip .tone,.key.tone{fill:var(--bad);background:var(--bad)}
.strip .mask,.key.mask{fill:var(--accent);background:var(--accent)}.strip .silence,.key.silence{fill:var(--line);background:var(--line)}
.key{display:inline-block;width:.8rem;height:.8rem;border-radius:.2rem;margin-right:.35rem;vertical-align:-.05rem}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;list-style:none;font-size:.85rem;color:var(--dim)}
`;
