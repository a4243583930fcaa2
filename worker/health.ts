import { createServer, type Server } from 'node:http';

export type Checks = Record<string, string>;

type Parts = {
  checks: () => Checks;
  /** What is counted, for who may read it; null for others. */
  metrics: (authorization: string | undefined) => Promise<{ type: string; text: string } | null>;
};

/** GET /healthz says that the process lives, GET /readyz that its parts work (503 with the reason), GET /metrics what it counts. */
export function startHealthServer(host: string, port: number, { checks, metrics }: Parts): Promise<Server> {
  const server = createServer((request, response) => {
    const send = (status: number, type: string, body: string) =>
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    const answer = (status: number, body: unknown) => send(status, 'application/json', JSON.stringify(body));
    if (request.url === '/healthz') return answer(200, { status: 'ok' });
    if (request.url === '/metrics') {
      metrics(request.headers.authorization)
        .then((told) => (told ? send(200, told.type, told.text) : answer(404, { status: 'not_found' })))
        .catch(() => answer(503, { status: 'unavailable' }));
      return;
    }
    if (request.url !== '/readyz') return answer(404, { status: 'not_found' });
    const found = checks();
    const ready = Object.values(found).every((one) => one === 'ok');
    return answer(ready ? 200 : 503, { status: ready ? 'ok' : 'unavailable', checks: found });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}
