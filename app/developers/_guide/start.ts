import { apiAddress } from '@/lib/openapi';
import { html } from '../../_server/html';
import { services } from '../../_server/services';
import { GUIDE, REFERENCE } from '../_page/contents';
import { code } from '../_page/text';

const DEMO_KEY = `export KEY=$(node -p "JSON.parse(require('fs').readFileSync('data/first-run.json')).apiKey")`;
const ISSUE = `curl -sS "$API/payment-links" \\
  -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' \\
  -H "Idempotency-Key: $(node -p 'crypto.randomUUID()')" \\
  -d '{"amountMinor": 1240, "currency": "GBP", "description": "Two walking sticks", "reference": "order-1042"}' \\
  | tee link.json
export ID=$(node -p "JSON.parse(require('fs').readFileSync('link.json')).id")`;
const READ = `curl -sS "$API/payment-links/$ID" -H "Authorization: Bearer $KEY"`;
const EVENTS = `curl -sS "$API/payment-links/$ID/events?limit=100" -H "Authorization: Bearer $KEY"`;
const REFUND = `curl -sS "$API/refunds" \\
  -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' \\
  -H "Idempotency-Key: $(node -p 'crypto.randomUUID()')" \\
  -d "{\\"paymentLink\\": \\"$ID\\", \\"amountMinor\\": 500, \\"reason\\": \\"One stick broken\\"}"`;

/** From nothing to a paid link and a refund, by a shell. */
export function startGuide() {
  const { mode, portalUrl } = services().config;
  const demo = mode === 'demo';
  const key = demo ? DEMO_KEY : 'export KEY=cf_live_…';
  return html`<p class="lead">Issue a payment link, pay it, see that it is paid, and give a part of the money back.</p>
<ol class="steps">
<li><p>${
    demo
      ? html`While <code>npm start</code> runs, open a second shell in the same folder. The demo’s key holds every scope.`
      : html`Ask an owner or admin for a key: <a href="/admin/developers">Developers</a> in the portal makes them.`
  }</p>${code('Shell', `export API=${apiAddress(portalUrl)}\n${key}`, 'start-key')}</li>
<li><p>Issue a link. Amounts are integer minor units: 1240 is £12.40. The <a href="${GUIDE.idempotency.path}">Idempotency-Key</a> makes it safe to send the request again.</p>${code('Shell', ISSUE, 'start-issue')}
<p>The answer is <code>201</code> with the link. Its <code>url</code> is what your customer opens; with <code>"send": {"channel": "email"}</code> and a <code>customer</code> Counterfoil sends it.</p></li>
<li><p>Open <code>url</code> and pay${demo && html` with <code>4242 4242 4242 4242</code>, any future date, any three digits and any name. More <a href="${GUIDE['test-cards'].path}">test cards</a>`}. The card is typed into a frame of another origin: neither this API nor your system ever sees its number.</p></li>
<li><p>Read the link. <code>status</code> is <code>paid</code>.</p>${code('Shell', READ, 'start-read')}
<p>Do not poll for it: <a href="${GUIDE.webhooks.path}">webhooks</a> tell you. What happened to a link, in order:</p>${code('Shell', EVENTS, 'start-events')}</li>
<li><p>Give £5.00 back. The answer is <code>201</code> and the refund <code>pending</code>; its end comes as <code>refund.succeeded</code> or <code>refund.failed</code>.</p>${code('Shell', REFUND, 'start-refund')}</li>
</ol>
<h2>What to know</h2>
<ul>
<li>JSON is camelCase, times are ISO 8601 in UTC with milliseconds, and money is an integer with its currency.</li>
<li>A link can be paid for 72 hours, or as long as <code>expiresInSeconds</code> says.</li>
<li>Unknown fields are refused by name. Answers may gain fields: ignore those that you do not know.</li>
<li>Never send a card number to this API. A text that holds one is refused.</li>
<li>Everything else is in the <a href="${REFERENCE}">reference</a>.</li>
</ul>`;
}
