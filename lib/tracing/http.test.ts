import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { startCollector } from '@/core/testing/collector';
import { trace } from '@/core/trace';
import type { portalEnv } from '../env';
import { createLogger } from '../log';
import { startTraces, traceRequests } from './index';

const TOKEN = 'AVJjb3VudGVyZm9pbC1saW5rLXRva2VuLWlzLWEtc2VjcmV0';
const CARRIED = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

// Requests are traced for the whole process, which this file shares with others.
const { emit } = Server.prototype;
afterAll(() => {
  Server.prototype.emit = emit;
});

test('a request is a span, and what is done for it lies within; only the card process chooses its trace, and no token is told', async () => {
  const collector = await startCollector();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } as ReturnType<typeof portalEnv>;
  const end = startTraces('portal', env, createLogger('portal', 'silent'));
  traceRequests();
  const server = createServer(async (request, response) => {
    const status = Number(request.headers.wanted ?? 200);
    await trace({ name: 'transaction' }, () => sleep(1));
    if (status === 0) request.socket.destroy();
    else response.writeHead(status).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = (path: string, wanted = 200) =>
    fetch(origin + path, { headers: { wanted: String(wanted), traceparent: CARRIED } }).catch(() => null);
  await Promise.all([
    ask('/internal/card/submit'),
    ask(`/pay/${TOKEN}?p=${TOKEN}`),
    ask(`/${TOKEN.toLowerCase()}`, 404),
    ask('/api/v1/payment-links', 503),
    ask(`/unsubscribe/${TOKEN}`, 0),
    ask('/healthz'),
  ]);
  server.close();
  await end();
  collector.close();
  const requests = collector.spans().filter(({ name }) => name.startsWith('GET'));
  const told = Object.fromEntries(requests.map((span) => [span.name, span]));
  expect(Object.keys(told).sort()).toEqual([
    'GET /api/v1/payment-links',
    'GET /internal/card/submit',
    'GET /pay/:given',
    'GET none',
  ]);
  expect(requests.map(({ attributes: { 'error.type': type } }) => type ?? '').sort()).toEqual([
    ...['', '', '', 'cut_off', 'server_error'],
  ]);
  expect(requests.filter(({ traceId }) => CARRIED.includes(traceId)).map(({ name }) => name)).toEqual([
    'GET /internal/card/submit',
  ]);
  for (const { spanId, traceId } of requests)
    expect(collector.spans()).toContainEqual(expect.objectContaining({ parentSpanId: spanId, traceId }));
  expect(collector.bodies.join().toLowerCase()).not.toContain(TOKEN.toLowerCase());
});
