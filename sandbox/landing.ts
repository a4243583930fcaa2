import { groupDigits } from '@/core/card-rules';
import { TEST_CARD_RULE, TEST_CARDS, TEST_REFUNDS } from '@/core/test-cards';
import type { Route } from './http';
import { home, html, page } from './pages';
import type { World } from './world';

const PARTS = [
  [
    '/gateway',
    'card gateway with a durable ledger: intents, payments, refunds, settlement report, signed notifications to the portal',
  ],
  ['/acs', "the bank's 3-D Secure page"],
  ['/sms', 'SMS provider; a number ending 0999 is undelivered, ending 0998 never reports'],
  ['/receiver/{name}', "a merchant's webhook receiver"],
  ['/crm', "a merchant's CRM: form lookups, in our words or its own, and write-backs"],
  [
    '/telephony',
    'telephone provider: finds, secures and releases calls, pauses their recordings, sends keys on',
  ],
  [
    '/control',
    'JSON for tests: the ledger, faults, and what the provider does of its own (refund, dispute, capture, void)',
  ],
] as const;

export function landingRoutes(world: World): Route[] {
  const rows = (list: readonly (readonly [string, string])[]) =>
    list.map(([name, says]) => html`<tr><td class="num">${name}</td><td>${says}</td></tr>`);
  const cards = rows(TEST_CARDS.map(({ number, says }) => [groupDigits(number), says]));
  const receivers = () =>
    world.receivers.names().map((name) => html`<li><a href="/receiver/${name}">Receiver ${name}</a></li>`);
  const phone =
    world.env.telephonyKey === null
      ? null
      : html`<li><a href="/phone">Telephone</a>: calls between an agent and a customer, with what each of them hears</li>`;
  const body = () => html`${home}<h1>The outside world, played by one process</h1>
<p>Nothing here is real: no money moves, no message leaves this machine.</p>
<ul><li><a href="/inbox">Inbox</a>: every SMS and e-mail (mail to bounce@… bounces)</li><li><a href="/crm">CRM</a>: customers, open invoices, and what was written back</li>${phone}${receivers()}</ul>
<section class="card"><h2>Test cards</h2><p class="dim">${TEST_CARD_RULE}</p>
<table>${cards}</table></section>
<section class="card"><h2>Refunds</h2><p class="dim">By the last two digits of the amount in minor units; any other succeeds at once.</p>
<table>${rows(TEST_REFUNDS.map(({ ending, says }) => [`…${ending}`, says]))}</table></section>
<section class="card"><h2>Parts</h2><table>${rows(PARTS)}</table></section>`;
  return [{ method: 'GET', path: '/', handler: () => page('Counterfoil sandbox', body()) }];
}
