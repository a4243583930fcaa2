import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { metrics } from './registry';

const MOST_SEGMENTS = 6;
/** What stands for itself in an address; anything else was given by somebody, and would make a series of its own. */
const WORD = /^(?:[a-z][a-z-]{0,23}|v1|Auth|_next|\.well-known)$/;
/** Behind these stands a token or a name. */
const NAMED = new Set(['pay', 'unsubscribe', 'developers', 'webhook-keys', 'brand', '_next', 'return']);

/** The route of an address, as a label: few for all addresses there are. What was not found is of none. */
export function routeOf(address: string, status: number): string {
  if (status === 404 || status === 405) return 'none';
  const [path = ''] = address.split('?');
  const segments = path.split('/').slice(1, 1 + MOST_SEGMENTS);
  const words = segments.map((one, i) => {
    const isGiven = !WORD.test(one) || NAMED.has(segments[i - 1] ?? '');
    return one === '' ? '' : isGiven ? ':given' : one;
  });
  return `/${words.join('/')}`;
}

/** Times every request that a server of this process answers. Asked once. */
export function measureRequests(): void {
  const begun = new WeakMap<IncomingMessage, number>();
  subscribe('http.server.request.start', (message) => {
    begun.set((message as { request: IncomingMessage }).request, performance.now());
  });
  subscribe('http.server.response.finish', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const since = begun.get(request);
    if (since === undefined) return;
    const { method = '', url = '' } = request;
    const status = response.statusCode;
    const labels = { method, route: routeOf(url, status), status: String(status) };
    metrics().requests.observe(labels, (performance.now() - since) / 1000);
  });
}
