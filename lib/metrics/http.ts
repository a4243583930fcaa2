import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { routeOf } from '../routes';
import { metrics } from './registry';

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
