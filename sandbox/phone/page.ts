/** The telephone for people: the list of calls, and the way to a new one. */
import type { Answer } from '../http';
import { type Html, html, page, timeText, withOrigin } from '../pages';
import type { PhoneCall } from './call';
import { DEFAULT_AGENT, DEFAULT_CUSTOMER } from './control';
import { STYLE } from './page-script';
import type { Phone } from './phone';

const SHOWN = 50;
export const nav = html`<nav><a href="/">Counterfoil sandbox</a> · <a href="/phone">Telephone</a></nav>`;
export const numberOf = (call: PhoneCall): string => call.input.customerPhone ?? 'Number withheld';
const option = (value: string, says: string): Html => html`<option value="${value}">${says}</option>`;

function callCard(call: PhoneCall): Html {
  return html`<article class="card"><div class="top"><h2><a href="/phone/${call.id}">${numberOf(call)}</a></h2>
<span class="tag ${call.isOver ? '' : 'good'}">${call.isOver ? 'ended' : 'active'}</span></div>
<p class="dim">${call.input.direction} · ${call.agent} · ${timeText(call.startedAt)}</p></article>`;
}

const newCall = html`<form class="card" method="post" action="/phone"><h2>New call</h2><div class="fields">
<label>Agent<input name="agent" value="${DEFAULT_AGENT}" required></label>
<label>Customer's number<input name="customerPhone" type="tel" value="${DEFAULT_CUSTOMER}" required></label>
<label>Direction<select name="direction">${[option('inbound', 'Inbound'), option('outbound', 'Outbound')]}</select></label>
<label>Recorded<select name="recorded">${[option('yes', 'Yes'), option('no', 'No')]}</select></label>
<label>While secured<select name="securing">${[option('masked', 'Tones are masked'), option('secured_leg', 'The customer is on a secured leg')]}</select></label></div>
<button class="main">Start the call</button></form>`;

export function callsPage(phone: Phone): Answer {
  const calls = phone.list();
  const cards = calls.slice(0, SHOWN).map(callCard);
  const body = html`${nav}<h1>Telephone</h1>
<p class="dim">Calls between an agent and a customer, played here. They end when the sandbox stops.</p>${newCall}
<div id="list">${cards.length > 0 ? cards : html`<p class="card">No call yet.</p>`}</div>`;
  return withOrigin(page('Telephone · Counterfoil sandbox', body, { refresh: true, style: STYLE }));
}
