import { groupDigits } from '@/core/card-rules';
import { TEST_CARDS } from './gateway-cards';
import type { Route } from './http';
import { home, html, page } from './pages';
import type { World } from './world';

const PARTS = [
  ['/gateway', 'card gateway with a durable ledger, for the card process and the portal'],
  ['/acs', "the bank's 3-D Secure page"],
  ['/sms', 'SMS provider; a number ending 0999 is undelivered, ending 0998 never reports'],
  ['/receiver/{name}', "a merchant's webhook receiver"],
  ['/control', 'JSON for tests'],
] as const;

export function landingRoutes(world: World): Route[] {
  const parts = PARTS.map(([path, says]) => html`<tr><td class="num">${path}</td><td>${says}</td></tr>`);
  const cards = TEST_CARDS.map(
    ({ number, says }) => html`<tr><td class="num">${groupDigits(number)}</td><td>${says}</td></tr>`,
  );
  const receivers = () =>
    world.receivers.names().map((name) => html`<li><a href="/receiver/${name}">Receiver ${name}</a></li>`);
  const body = () => html`${home}<h1>The outside world, played by one process</h1>
<p>Nothing here is real: no money moves, no message leaves this machine.</p>
<ul><li><a href="/inbox">Inbox</a>: every SMS and e-mail (mail to bounce@… bounces)</li>${receivers()}</ul>
<section class="card"><h2>Test cards</h2><p class="dim">Any future expiry; any 3-digit code, 4 for American Express. Any other valid number of a known brand is approved.</p>
<table>${cards}</table></section>
<section class="card"><h2>Parts</h2><table>${parts}</table></section>`;
  return [{ method: 'GET', path: '/', handler: () => page('Counterfoil sandbox', body()) }];
}
