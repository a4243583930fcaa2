import { createServer, type Server } from 'node:http';

export type Checks = Record<string, string>;

/** GET /healthz says that the process lives, GET /readyz that its parts work (503 with the reason). */
export function startHealthServer(host: string, port: number, checks: () => Checks): Promise<Server> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown) =>
      response
        .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
        .end(JSON.stringify(body));
    if (request.url === '/healthz') return answer(200, { status: 'ok' });
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
