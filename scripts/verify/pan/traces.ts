/** What the traces of this run tell of a payment, and that they hold nothing that opens, names or pays. */
import { type Collector, isChain } from '@/core/testing/collector';
import type { Scanner } from '../scan/scanner';
import type { Checks } from './checks';
import type { House } from './house';
import { SINKS } from './sinks';

const PRESS = ['portal POST /pay/:given/attempts', 'card card payment'];
/** From the press on Pay to the gateway, and to the merchant's endpoint. */
const CHAINS = {
  'from the portal through the card process to the gateway': [
    ...PRESS,
    'card POST /payments',
    'sandbox POST /gateway/payments',
  ],
  'from the portal through the card process, portal and worker to an endpoint': [
    ...PRESS,
    'card POST /internal/card/result',
    'portal POST /internal/card/result',
    'portal transaction',
    'worker webhook delivery',
    'sandbox POST /receiver/:name',
  ],
};

export function checkTraces(house: House, collector: Collector, scanner: Scanner, checks: Checks): void {
  const text = collector.bodies.join('\n');
  const spans = collector.spans();
  scanner.look(SINKS.traces, 'exported', text);
  for (const [what, chain] of Object.entries(CHAINS)) checks.expect(`a trace ${what}`, isChain(spans, chain));
  const lost = spans.some(({ name, hasFailed }) => name === 'POST /payments' && hasFailed);
  checks.expect('a call whose answer was lost has failed in its trace', lost);
  const { admin, apiKey, databaseUrl } = house.run;
  const secrets = [
    ...house.tokens,
    ...Object.values(house.secrets()),
    ...[apiKey, admin.email, admin.password, new URL(databaseUrl).password],
    ...['Ada Lovelace', 'ada@example.com'],
  ];
  const told = secrets.filter((secret) => secret && text.includes(secret));
  checks.expect('traces hold no token, secret, name or e-mail', told.length === 0, `${told.length} of them`);
  checks.expect('every span has a name of ours', !spans.some(({ name }) => name === 'unnamed'));
}
