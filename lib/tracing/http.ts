import type { IncomingMessage, ServerResponse } from 'node:http';
import { traceFrom } from '@/core/trace';
import { interpose } from '../interpose';
import { routeOf } from '../routes';

/** What is asked for all the time, and never by somebody who pays or serves. */
const UNTOLD = /^\/(?:_next|healthz|readyz|metrics)(?:[/?]|$)/;
/**
 * Only calls of the card process go on with the trace that they carry: whoever else could choose what is kept, and put it into
 * another's trace.
 */
const carriedBy = ({ url = '', headers }: IncomingMessage): string | undefined =>
  url.startsWith('/internal/card/') ? [headers.traceparent].flat()[0] : undefined;

/** Each request that a server of this process answers is a span, and all that is done for it lies within. Asked once. */
export function traceRequests(): void {
  interpose((request, response, go) => {
    if (UNTOLD.test(request.url ?? '')) return go();
    let isHeard = false;
    void inSpan(request, response, () => {
      isHeard = go();
    });
    return isHeard;
  });
}

function inSpan(request: IncomingMessage, response: ServerResponse, go: () => void): Promise<void> {
  const { method = '', url = '' } = request;
  const begun = {
    name: method,
    kind: 'server',
    route: routeOf(url),
    attributes: { 'http.request.method': method },
  } as const;
  return traceFrom(carriedBy(request), begun, async (span) => {
    const closed = new Promise((done) => response.once('close', done));
    go();
    await closed;
    const { statusCode: status, headersSent, writableFinished } = response;
    // What was not found may be anything.
    const route = headersSent ? routeOf(url, status) : 'none';
    span.note({ 'http.route': route, ...(headersSent && { 'http.response.status_code': status }) });
    if (status >= 500) span.fail('server_error');
    else if (!writableFinished) span.fail('cut_off');
  });
}
