import { API_RATE } from '@/core/api-rate';
import { groupDigits } from '@/core/card-rules';
import { TEST_CARD_RULE, TEST_CARDS, TEST_REFUNDS } from '@/core/test-cards';
import { html } from '../../_server/html';
import { services } from '../../_server/services';
import { code, table } from '../_page/text';

const TWICE = `for TRY in first second; do
  curl -sS -i "$API/payment-links" -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' \\
    -H 'Idempotency-Key: the-order-1043' -d '{"amountMinor": 1240, "currency": "GBP", "reference": "order-1043"}'
done`;

export const idempotencyGuide =
  () => html`<p class="lead">Send an <code>Idempotency-Key</code> with every POST, PATCH and DELETE, and you may send a request again whenever its answer was lost.</p>
${code('Shell', TWICE, 'idempotency')}
<p>The second answer is the first one, byte for byte, with <code>Idempotency-Replayed: true</code>. There is one link.</p>
${table(
  ['The same key', 'Answer'],
  [
    [html`and the same body`, html`the stored answer`],
    [html`and another body`, html`<a href="/developers/problems/idempotency_mismatch">422</a>`],
    [
      html`while the first request still runs`,
      html`<a href="/developers/problems/idempotency_in_flight">409</a> with <code>Retry-After</code>`,
    ],
  ],
)}
<ul>
<li>A key has 1 to 255 characters and is of your merchant and the path. A random UUID is good; so is the number of your order.</li>
<li>Answers are kept for seven days, those that hold a secret for one. Refusals are kept too, but for 401, 429 and 5xx: after those the same key tries again.</li>
<li>The answer is written in the transaction that does the work: after a crash either both are there or neither.</li>
</ul>`;

const WALK = `CURSOR=
while
  curl -sSf "$API/payment-links?limit=100\${CURSOR:+&cursor=$CURSOR}" -H "Authorization: Bearer $KEY" > page.json || break
  node -p "JSON.parse(require('fs').readFileSync('page.json')).data.length + ' links'"
  CURSOR=$(node -p "JSON.parse(require('fs').readFileSync('page.json')).nextCursor ?? ''")
  [ -n "$CURSOR" ]
do :; done`;

export const paginationGuide =
  () => html`<p class="lead">A list answers <code>{"data": […], "nextCursor": "…"}</code>. Ask again with <code>cursor</code> until <code>nextCursor</code> is null.</p>
${code('Shell', WALK, 'pagination')}
<ul>
<li><code>limit</code> is 1 to 100, 25 where it is absent.</li>
<li>Keep the filters the same from page to page.</li>
<li>A page is found by its key: its cost does not depend on how deep it lies, and what is new meanwhile moves nothing.</li>
</ul>`;

const LOOK = `curl -sS -o /dev/null -D - "$API/payment-links?limit=1" -H "Authorization: Bearer $KEY"`;

export const rateLimitsGuide =
  () => html`<p class="lead">${API_RATE.perSecond} requests a second for each key or OAuth client, and ${API_RATE.burst} at once when it has been quiet.</p>
<p>Every answer to a key tells how things stand:</p>
${code('Shell', LOOK, 'rate-limits')}
${table(
  ['Header', 'Is'],
  [
    [html`<code>RateLimit-Limit</code>`, html`requests that may be made at once`],
    [html`<code>RateLimit-Remaining</code>`, html`requests that are left now`],
    [html`<code>RateLimit-Reset</code>`, html`seconds until all of them are there again`],
  ],
)}
<p>Beyond it the answer is <code>429</code> <a href="/developers/problems/rate_limited">rate_limited</a> with <code>Retry-After</code>: nothing was done, and the same <code>Idempotency-Key</code> may be used again.</p>`;

export const testCardsGuide = () => html`<p class="lead">${TEST_CARD_RULE}</p>
${services().config.mode !== 'demo' && html`<p class="note">Only the sandbox’s gateway knows these cards. It is there in a demo, never in production.</p>`}
${table(
  ['Number', 'Outcome'],
  TEST_CARDS.map(({ number, says }) => [html`<code>${groupDigits(number)}</code>`, html`${says}`]),
)}
<h2>Refunds</h2>
<p>The last two digits of the amount in minor units decide. Any other succeeds at once.</p>
${table(
  ['Amount', 'Refund'],
  TEST_REFUNDS.map(({ ending, says }) => [html`…${ending}`, html`${says}`]),
)}
<h2>Messages</h2>
<p>An SMS to a number that ends in 0999 is undelivered, to one in 0998 never reported; mail to <code>bounce@…</code> bounces.</p>`;
