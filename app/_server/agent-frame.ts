import 'server-only';
import { agentCtxFromBearer } from '@/lib/agent-tokens';
import { sessionOfGuid } from '@/lib/compatible';
import { portalEnv } from '@/lib/env';
import { errorText } from '@/lib/log';
import { originsIn } from '@/lib/origins';
import { style } from '../pay/_page/document';
import { readText } from './body';
import { html, raw } from './html';
import { clientAddress, newRequestId, services } from './services';

const MOST_BYTES = 4_096;
const FIELDS = { bearer: 'X-BEARER-TOKEN', refresh: 'X-REFRESH-TOKEN' } as const;
type Tokens = { bearer: string; refresh: string };

/** Whose pages may show the desk in a frame: those that the operator has listed, else nobody's. */
export const frameAncestors = (): string =>
  `frame-ancestors ${originsIn(portalEnv().AGENT_FRAME_PARENTS).join(' ') || "'none'"}`;

const headers = (): Record<string, string> => ({
  'content-security-policy': `default-src 'none'; style-src ${style.hash}; ${frameAncestors()}; base-uri 'none'; form-action 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
});

/** A page in the frame of another system's page: what cannot be opened, and what to do. */
function refusal(status: number, sentence: string): Response {
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Payment</title><style>${raw(style.text)}</style></head>
<body><main><section class="card"><h1>The payment cannot be shown</h1><p class="lead">${sentence}</p></section></main></body></html>`;
  return new Response(page.text, {
    status,
    headers: { ...headers(), 'content-type': 'text/html; charset=utf-8' },
  });
}

/** The tokens as they are given: by the form of an agent's page, or by the headers of an embedded browser. */
async function tokensOf(request: Request): Promise<Tokens | null> {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? '');
  const body = request.method === 'POST' && isForm ? await readText(request, MOST_BYTES) : '';
  const form = new URLSearchParams(body ?? '');
  const given = (name: string): string => form.get(name) ?? request.headers.get(name) ?? '';
  const tokens = { bearer: given(FIELDS.bearer), refresh: given(FIELDS.refresh) };
  return tokens.bearer && tokens.refresh ? tokens : null;
}

/**
 * Opens the desk of one payment session for an agent whose tokens are right. They go on in the fragment of the address, which
 * is sent to nobody and stands in no log. Changes nothing.
 */
export async function openSessionFrame(request: Request, guid: string): Promise<Response> {
  const requestId = newRequestId();
  const { log, config } = services();
  try {
    const tokens = await tokensOf(request);
    const id = sessionOfGuid(guid);
    const from = { requestId, address: clientAddress(request.headers) };
    const agent = tokens && (await agentCtxFromBearer(services(), tokens.bearer, from));
    const isTheirs =
      id !== null && agent?.ok && agent.value.actor.kind === 'agent' && agent.value.actor.session === id;
    log.info('agent_frame', { requestId, code: isTheirs ? 'ok' : 'refused' });
    if (!tokens || !isTheirs)
      return refusal(
        401,
        'Its tokens are not those of this payment, or their time is over. Begin a new payment.',
      );
    const token = new URLSearchParams({ token: tokens.bearer, refresh: tokens.refresh });
    const location = `${config.portalUrl}/agent-frame?session=${id}#${token}`;
    return new Response(null, { status: 303, headers: { ...headers(), location } });
  } catch (error) {
    log.error('agent_frame', { requestId, error: errorText(error) });
    return refusal(503, 'Something went wrong on our side. Try again.');
  }
}

/** An embedded browser opens the address with the tokens as headers; without them it is not there to be read. */
export const isOpenedByHeaders = (request: Request): boolean => request.headers.has(FIELDS.bearer);
