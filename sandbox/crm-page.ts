import { toDecimal } from '@/core/money';
import type { Customer, Lookup, WriteBack } from './crm';
import type { Reply } from './http';
import { type Html, home, html, page, timeText } from './pages';
import type { World } from './world';

const SHOWN = 30;
const SHOWN_CUSTOMERS = 20;

function customerRows(world: World, customer: Customer): Html[] {
  return world.crm.invoicesOf(customer.key).map((invoice) => {
    const paid = world.crm.isPaid(invoice.number);
    return html`<tr><td>${invoice.number}</td><td>${customer.name}<br><span class="dim">${customer.key} · ${customer.phone} · ${customer.email}</span></td>
<td class="num">${toDecimal(invoice)} ${invoice.currency}</td><td><span class="tag ${paid ? 'good' : ''}">${paid ? 'paid' : 'open'}</span></td></tr>`;
  });
}

function writtenCard(entry: WriteBack): Html {
  const tone = entry.proof === null ? 'bad' : 'good';
  const proof = entry.proof === null ? 'not verified' : `verified by ${entry.proof}`;
  const answered = entry.answered === null ? 'left hanging' : `answered ${entry.answered}`;
  return html`<article class="card"><div class="top"><h2>${entry.idempotencyKey || 'no idempotency key'}</h2><span class="tag ${tone}">${proof}</span></div>
<p class="dim">${entry.method} · ${timeText(entry.at)} · ${answered}${entry.repeated ? ' · came before, nothing was done twice' : ''}</p>
<pre class="code">${typeof entry.body === 'string' ? entry.body : JSON.stringify(entry.body, null, 2)}</pre></article>`;
}

const lookupRow = (entry: Lookup): Html =>
  html`<tr><td class="num">${timeText(entry.at)}</td><td>${entry.reference ?? '–'}</td><td>${entry.agent ?? 'a machine'}</td><td>${entry.answered ?? 'left hanging'}</td></tr>`;

/** For people: whom it knows and what they owe, what was asked, and what was written back. */
export function crmPage(world: World): Reply {
  const customers = world.crm.customers().slice(0, SHOWN_CUSTOMERS);
  const lookups = world.crm.lookups(null).slice(0, SHOWN);
  const written = world.crm.written(null);
  const body = html`${home}<h1>CRM</h1>
<p class="dim">The system of a merchant, played here. Look up a number on the form of a payment; what becomes of the payment is written back.</p>
<div id="list"><section class="card"><h2>Invoices</h2><table><tr><th>Number</th><th>Customer</th><th>Amount</th><th></th></tr>${customers.flatMap((one) => customerRows(world, one))}</table></section>
<section class="card"><h2>Lookups</h2>${
    lookups.length > 0
      ? html`<table><tr><th>At</th><th>Reference</th><th>Who</th><th>Answered</th></tr>${lookups.map(lookupRow)}</table>`
      : html`<p class="dim">Nobody has asked yet.</p>`
  }</section>
<h2>Write-backs</h2><p class="dim">${written.length} received, newest first</p>${
    written.length > 0 ? written.slice(0, SHOWN).map(writtenCard) : html`<p class="card">Nothing yet.</p>`
  }</div>`;
  return page('CRM · Counterfoil sandbox', body, { refresh: true });
}
