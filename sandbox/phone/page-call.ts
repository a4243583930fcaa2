/** A call for people: both parties side by side, or one of them alone with its own telephone. */
import type { Answer } from '../http';
import { type Html, html, page, withOrigin } from '../pages';
import type { Listener, PhoneCall } from './call';
import type { Segment, Sound } from './hearing';
import { nav, numberOf } from './page';
import { SCRIPT, STYLE } from './page-script';

export const VIEWS = ['both', 'agent', 'customer'] as const;
export type View = (typeof VIEWS)[number];

const STRIP_MS = 20_000;
/** A key is shorter than what passes between two looks at the page: it is shown for a while. */
const STILL_SHOWN_MS = 900;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

const OF_A_KEY = { tone: "A key's own tone", mask: 'The same steady tone for any key' };
const SOUNDS: Record<Listener, Record<Sound, string>> = {
  agent: { ...OF_A_KEY, speech: 'The customer', silence: 'Silence' },
  customer: { ...OF_A_KEY, tone: 'Their own key', speech: 'The agent', silence: 'Silence' },
  recording: { ...OF_A_KEY, speech: 'Agent and customer', silence: 'Silence' },
};

/** What is heard just now; null where nothing is taken in. */
function soundOf(call: PhoneCall, who: Listener): Sound | null {
  if (call.isOver || (who === 'recording' && !call.isRecorded)) return null;
  const sinceMs = call.elapsedMs() - STILL_SHOWN_MS;
  const heard = call.heard(who);
  const isKey = ({ kind, toMs }: Segment) => (kind === 'tone' || kind === 'mask') && toMs > sinceMs;
  return (heard.findLast(isKey) ?? heard.at(-1))?.kind ?? null;
}

function inWords(call: PhoneCall, who: Listener, sound: Sound | null): string {
  if (call.isOver) return 'Nothing: the call is over';
  if (sound === null) return call.recordings.length === 0 ? 'Nothing: not recorded' : 'Nothing: suspended';
  if (sound !== 'silence') return SOUNDS[who][sound];
  return call.secured === 'secured_leg' ? 'Silence: the customer is on the secured leg' : 'Silence: on hold';
}

function hears(call: PhoneCall, who: Listener): Html {
  const sound = soundOf(call, who);
  const verb = who === 'recording' ? 'Goes into the recording' : 'Hears now';
  return html`<p class="hears ${sound ?? ''}" id="hears-${who}" data-live><span class="dim">${verb}</span><b>${inWords(call, who, sound)}</b></p>`;
}

const SECURED = { masked: 'secured: tones are masked', secured_leg: 'secured: on the secured leg' };

/** On the customer's own telephone only what a telephone shows. */
function tags(call: PhoneCall, view: View): Html {
  const recordings = call.recordings.map(({ state }) =>
    state === 'recording'
      ? html`<span class="tag bad">● recording</span>`
      : html`<span class="tag good">❚❚ recording suspended</span>`,
  );
  const state = call.isOver
    ? html`<span class="tag">ended by ${call.endedBy}</span>`
    : html`<span class="tag good">active</span>`;
  const more = html`<span class="tag">${call.input.direction}</span>
${call.onHold ? html`<span class="tag">on hold</span>` : null}
${call.secured ? html`<span class="tag good">${SECURED[call.secured]}</span>` : null}
${recordings.length > 0 ? recordings : html`<span class="tag">not recorded</span>`}`;
  return html`<p class="tags" id="tags" data-live>${state}${view === 'customer' ? null : more}</p>`;
}

const off = (call: PhoneCall): Html => (call.isOver ? html` disabled` : html``);
const hangUp = (call: PhoneCall, by: 'agent' | 'customer'): Html =>
  html`<button class="end" id="hang-up-${by}" data-live data-hang-up="${by}" aria-label="Hang up, ${by}"${off(call)}>Hang up</button>`;

function agentParty(call: PhoneCall): Html {
  return html`<section class="card" aria-labelledby="agent"><h2 id="agent">Agent</h2><p class="dim" id="agent-name" data-live>${call.agent}</p>
${hears(call, 'agent')}
<button id="hold" data-live value="${call.onHold ? 'off' : 'on'}"${off(call)}>${call.onHold ? 'Resume' : 'Hold'}</button>
<form class="row" id="transfer"><input name="agent" aria-label="Another agent" placeholder="Another agent" required><button id="hand-over" data-live${off(call)}>Transfer</button></form>
${hangUp(call, 'agent')}</section>`;
}

function customerParty(call: PhoneCall): Html {
  const keys = KEYS.map(
    (key, i) =>
      html`<button id="key-${i}" data-live data-key="${key}" aria-label="Key ${key}"${off(call)}>${key}</button>`,
  );
  return html`<section class="card" aria-labelledby="customer"><h2 id="customer">Customer</h2><p class="dim">${numberOf(call)}</p>
${hears(call, 'customer')}
<div class="pad" role="group" aria-label="Keypad">${keys}</div><p class="dim pressed" id="pressed" role="status"></p>
${hangUp(call, 'customer')}</section>`;
}

/** The last of what one of them heard, drawn from left to right. */
function strip(call: PhoneCall, who: Listener): Html {
  const fromMs = Math.max(0, call.elapsedMs() - STRIP_MS);
  const bars = call
    .heard(who)
    .filter(({ toMs }) => toMs > fromMs)
    .map((one) => {
      const x = Math.max(0, one.fromMs - fromMs);
      return html`<rect class="${one.kind}" x="${x}" width="${one.toMs - fromMs - x}" height="1"></rect>`;
    });
  return html`<svg class="strip" viewBox="0 0 ${STRIP_MS} 1" preserveAspectRatio="none" aria-hidden="true">${bars}</svg>`;
}

function counts(call: PhoneCall, who: Listener): string {
  const heard = call.heard(who);
  const many = (kind: Sound) => heard.filter((one) => one.kind === kind).length;
  return `${many('tone')} key tones, ${many('mask')} masked`;
}

const LEGEND = [
  ['speech', 'talk'],
  ['tone', 'a key in clear'],
  ['mask', 'a key, masked'],
  ['silence', 'silence'],
] as const;

function record(call: PhoneCall): Html {
  const rows = (['agent', 'recording'] as const).map(
    (who) =>
      html`<h3>${who === 'agent' ? 'Agent' : 'Recording'}</h3>${strip(call, who)}<p class="dim">${counts(call, who)}</p>`,
  );
  const legend = LEGEND.map(([kind, says]) => html`<li><span class="key ${kind}"></span>${says}</li>`);
  const listen = (who: string) =>
    html`<a href="/control/phone/calls/${call.id}/audio?of=${who}" target="_blank" rel="noopener">what the ${who} heard</a>`;
  return html`<section class="card" aria-labelledby="record"><h2 id="record">What was heard</h2><p class="dim">The last twenty seconds. Where there is a gap, nothing was taken in.</p>
${hears(call, 'recording')}<div id="strips" data-live>${rows}</div><ul class="legend">${legend}</ul>
<p class="dim">Listen: ${listen('agent')}, ${listen('recording')}.</p></section>`;
}

export function callPage(call: PhoneCall, view: View): Answer {
  const both = html`<p class="dim">Each alone: <a href="/phone/${call.id}/agent">the agent</a>, <a href="/phone/${call.id}/customer">the customer's telephone</a></p>`;
  const parties = {
    both: html`${both}<div class="parties">${agentParty(call)}${customerParty(call)}</div>${record(call)}`,
    agent: html`<div class="alone">${agentParty(call)}</div>`,
    customer: html`<div class="alone">${customerParty(call)}</div>`,
  };
  const title = view === 'customer' ? 'Call with the shop' : `Call with ${numberOf(call)}`;
  const body = html`<div id="phone" data-call="${call.id}">${nav}<h1>${title}</h1>${tags(call, view)}<p class="bad" id="problem" role="alert"></p>${parties[view]}</div>`;
  return withOrigin(page(`${title} · Counterfoil sandbox`, body, { script: SCRIPT, style: STYLE }));
}
