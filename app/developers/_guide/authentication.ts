import { SCOPES } from '@/core/permissions';
import { html } from '../../_server/html';
import { services } from '../../_server/services';
import { code } from '../_page/text';

const DEMO_CLIENT = `export CLIENT=$(node -p "const {oauth} = JSON.parse(require('fs').readFileSync('data/first-run.json')); oauth.clientId + ':' + oauth.clientSecret")`;

/** Keys, access tokens and scopes. */
export function authenticationGuide() {
  const { mode, portalUrl } = services().config;
  const token = `curl -sS ${portalUrl}/oauth/token -u "$CLIENT" -d grant_type=client_credentials -d scope=payment_links:read`;
  const client = mode === 'demo' ? DEMO_CLIENT : 'export CLIENT=oac_…:cf_secret_…';
  return html`<p class="lead">Every call carries an API key or an access token: <code>Authorization: Bearer cf_…</code>.</p>
<h2>API keys</h2>
<ul>
<li>Owners and admins make them in the portal under <a href="/admin/developers">Developers</a>. A key is shown once; only its hash is kept.</li>
<li><code>cf_test_…</code> opens a test account, <code>cf_live_…</code> a live one, never the other.</li>
<li>A key belongs to one merchant: an object of another is <code>404</code>.</li>
<li>It may end at a time, and may be good only from some addresses.</li>
<li>When a key is replaced, both work for an overlap of your choice, at most seven days. A revoked key is refused by the next request.</li>
</ul>
<h2>Access tokens</h2>
<p>OAuth 2 client credentials, RFC 6749, section 4.4. A token is good for one hour, with all scopes of its client or the fewer that you ask for, and ends at once when the client is revoked.</p>
${code('Shell', `${client}\n${token}`, 'token')}
<h2>Scopes</h2>
<p>What a key or client may do. Without the scope of an operation the answer is <code>403</code> <a href="/developers/problems/forbidden">forbidden</a>.</p>
<ul>${SCOPES.map((scope) => html`<li><code>${scope}</code></li>`)}</ul>`;
}
