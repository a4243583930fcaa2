import { EVENT_TYPES } from '@/core/events';
import { RETRY_DELAYS_MS } from '@/core/retry-schedule';
import { EVENT_WORDS } from '@/lib/contracts/event-words';
import { event } from '@/lib/contracts/operations/examples';
import { portalEnv } from '@/lib/env';
import { html } from '../../_server/html';
import { tagPage } from '../_page/contents';
import { code, inline, json, table } from '../_page/text';
import { sample } from './sample';

const REGISTER = `curl -sS "$API/webhook-endpoints" -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' \\
  -d "{\\"url\\": \\"$HOOK\\", \\"types\\": [\\"payment_link.paid\\", \\"payment_link.expired\\"]}" \\
  | tee endpoint.json
export ENDPOINT=$(node -p "JSON.parse(require('fs').readFileSync('endpoint.json')).id")
export WEBHOOK_SECRET=$(node -p "JSON.parse(require('fs').readFileSync('endpoint.json')).secret")`;
const PING = `curl -sS -X POST "$API/webhook-endpoints/$ENDPOINT/ping" -H "Authorization: Bearer $KEY"`;
const LOG = `curl -sS "$API/webhook-deliveries?endpoint=$ENDPOINT" -H "Authorization: Bearer $KEY"`;
const FEED = `curl -sS "$API/events?order=oldest&limit=100" -H "Authorization: Bearer $KEY"`;
const LOCAL = `EGRESS_ALLOW=http://localhost:4000 npm start
# in another shell, with HOOK=http://localhost:4000/ for the endpoint
WEBHOOK_SECRET=$WEBHOOK_SECRET node docs/samples/webhook-receiver.mjs`;

const STEPS: readonly [number, string][] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
];
function waited(ms: number): string {
  const [size, unit] = STEPS.find(([one]) => ms % one === 0 && ms >= one) ?? [1, 'moment'];
  const many = ms / size;
  return ms === 0 ? 'at once' : `${many} ${unit}${many === 1 ? '' : 's'}`;
}

/** In the demo the sandbox plays the receiver; elsewhere it is yours. */
function registering() {
  const { SANDBOX_URL } = portalEnv();
  if (!SANDBOX_URL)
    return html`${code('Shell', `export HOOK=https://hooks.example.com/counterfoil\n${REGISTER}`)}`;
  const tell = `curl -sS -X PUT ${SANDBOX_URL}/control/receiver/mine -H 'Content-Type: application/json' \\
  -d "{\\"mode\\": \\"ok\\", \\"secret\\": \\"$WEBHOOK_SECRET\\"}"`;
  return html`<p>In the demo the sandbox plays your receiver. Tell it the secret, and it verifies what comes: <a href="${SANDBOX_URL}/receiver/mine">${SANDBOX_URL}/receiver/mine</a>.</p>
${code('Shell', `export HOOK=${SANDBOX_URL}/receiver/mine\n${REGISTER}\n${tell}`, 'webhooks-register')}`;
}

/** From an endpoint to a receiver that verifies. */
export function webhooksGuide() {
  return html`<p class="lead">Every change of a payment link is an event. Counterfoil posts it to each endpoint of yours that wants its type, signed as <a href="https://www.standardwebhooks.com">Standard Webhooks 1.0</a> says.</p>
<h2>Register an endpoint</h2>
<p>Only <code>https</code> on port 443 or 8443, to a name whose every address is public. The answer holds the <code>secret</code> that signs, this once. <code>API</code> and <code>KEY</code> are set as in the <a href="/developers">first payment</a>.</p>
${registering()}
<p>Send a test event, and look at what became of it, with the request and the answer:</p>
${code('Shell', PING, 'webhooks-ping')}
${code('Shell', LOG, 'webhooks-log')}
<h2>What comes</h2>
<p>A <code>POST</code> with <code>webhook-id</code>, <code>webhook-timestamp</code> and <code>webhook-signature</code>: one or more of <code>v1,</code> (HMAC-SHA256 with the secret) and <code>v1a,</code> (Ed25519 with the endpoint’s <code>publicKey</code>), with blanks between. One that verifies is enough. While one secret replaces another there are two of each.</p>
${json('The body', event)}
<ul>
<li>The body is frozen when the event happens: every try sends the same bytes under the same <code>webhook-id</code>. Drop what you have seen.</li>
<li><code>sequence</code> counts the events of a link without a gap. They can arrive out of order: keep the highest number.</li>
<li><code>data</code> is the whole object as it stood, <code>previous</code> the prior values of what changed.</li>
<li>There is exactly one <code>payment_link.paid</code> for a link.</li>
</ul>
<h2>A receiver</h2>
<p>Verify the raw bytes before you parse them, answer with any 2xx within ten seconds, and do the work afterwards.</p>
${code('webhook-receiver.mjs · Node, no package', sample('webhook-receiver.mjs'), 'receiver')}
${code('webhook-receiver-standardwebhooks.mjs · Node, the public package', sample('webhook-receiver-standardwebhooks.mjs'))}
<p>To have a demo reach a receiver on your own machine, allow its exact origin:</p>
${code('Shell', LOCAL)}
<h2>When it fails</h2>
<p>Everything but a 2xx is a failure; a redirect too. <code>410</code> switches the endpoint off, as do five days without a success. Delays since the try before, ±20 %, then daily until day 30:</p>
<ol>${RETRY_DELAYS_MS.map((ms) => html`<li>${waited(ms)}</li>`)}</ol>
<p><code>Retry-After</code> makes a delay longer, up to 24 hours. Everything stays replayable for 30 days: see <a href="${tagPage('Webhook endpoints').path}#replayEvents">replay</a> and <a href="${tagPage('Events').path}#redeliverEvent">send an event again</a>.</p>
<h2>Without an endpoint</h2>
<p>A receiver behind a firewall reads the events as a feed: keep <code>nextCursor</code> and go on from it. Nothing appears behind it.</p>
${code('Shell', FEED, 'webhooks-feed')}
<h2>Event types</h2>
${table(
  ['Type', 'When'],
  EVENT_TYPES.map((type) => [html`<code>${type}</code>`, inline(EVENT_WORDS[type])]),
)}`;
}
