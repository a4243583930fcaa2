import type { Call, Reply, Route } from './http';
import type { StoredMessage } from './inbox';
import { type Html, home, html, page, timeText, withOrigin } from './pages';
import type { World } from './world';

const SHOWN = 100;
const TONE: Record<StoredMessage['status'], string> = {
  queued: '',
  delivered: 'good',
  undelivered: 'bad',
  bounced: 'bad',
};

function messageCard(message: StoredMessage): Html {
  const links = message.links.map(
    (link) => html`<li><a href="${link}" target="_blank" rel="noopener">${link}</a></li>`,
  );
  const asHtml = html`<details><summary>As the mail program shows it</summary>
<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" loading="lazy" title="${message.subject ?? 'E-mail'}" src="/inbox/${message.id}/html"></iframe></details>`;
  const reply = html`<form class="row" method="post" action="/inbox/${message.id}/reply">
<input name="text" placeholder="STOP" aria-label="Answer to ${message.from}" maxlength="1600" required><button>Answer</button></form>`;
  return html`<article class="card"><div class="top"><h2>${message.subject ?? `SMS to ${message.to}`}</h2>
<span class="tag ${TONE[message.status]}">${message.status}</span></div>
<p class="dim">${message.channel === 'sms' ? 'SMS' : 'E-mail'} · to ${message.to} · from ${message.from} · ${timeText(message.at)}</p>
<pre>${message.text}</pre>${links.length > 0 ? html`<ul>${links}</ul>` : null}${message.html ? asHtml : null}${message.channel === 'sms' ? reply : null}</article>`;
}

function inboxPage(world: World, to: string | null, hasReplied: boolean): Reply {
  const all = world.inbox.list(to);
  const shown = all.slice(0, SHOWN).map(messageCard);
  const count =
    all.length > SHOWN
      ? `the newest ${SHOWN} of ${all.length} messages`
      : `${all.length} ${all.length === 1 ? 'message' : 'messages'}`;
  const filter = html`<form class="row" method="get" action="/inbox" role="search">
<input name="to" value="${to?.replace(/^ /, '+') ?? ''}" placeholder="Number or address" aria-label="Number or address">
<button>Filter</button></form>`;
  const body = html`${home}<h1>Inbox</h1>
<p class="dim">Every SMS and e-mail the sandbox took, newest first. Nothing here left this machine.</p>
${hasReplied ? html`<p class="good" role="status">The answer is on its way to the portal.</p>` : null}${filter}
<div id="list"><p class="dim">${count}</p>${shown.length > 0 ? shown : html`<p class="card">No message yet.</p>`}</div>`;
  return withOrigin(page('Inbox · Counterfoil sandbox', body, { refresh: true, framesOwn: true }));
}

/** Mail HTML is somebody else's document: no script, no network, no origin, only to be framed by the inbox. */
function mailDocument(world: World, { params }: Call): Reply {
  const message = world.inbox.get(params.id ?? '');
  if (!message?.html) return page('Not found', html`${home}<p>No such e-mail.</p>`, { status: 404 });
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
    },
    body: `<base target="_blank">${message.html}`,
  };
}

export function inboxRoutes(world: World): Route[] {
  return [
    {
      method: 'GET',
      path: '/inbox',
      handler: ({ url: { searchParams: query } }) =>
        inboxPage(world, query.get('to') || null, query.has('replied')),
    },
    { method: 'GET', path: '/inbox/:id/html', handler: (call) => mailDocument(world, call) },
  ];
}
