/**
 * What a portal does for live screens, a program of its own without the framework around it: `/live/{session}` is followed by
 * server-sent events, `/desk/{session}` is the same state read once.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { connect } from '@/db/client';
import type { Ctx } from '@/lib/context';
import { EventStream, watchSession } from '@/lib/live';
import { createLogger } from '@/lib/log';
import { readLinkHistory } from '@/lib/payment-links';
import { readPaymentSession } from '@/lib/payment-sessions';

/** What the parent tells once: where the database is, and who asks. */
export type Order = { databaseUrl: string; as: Pick<Ctx, 'config' | 'merchantId' | 'actor' | 'requestId'> };

const LIFE_MS = 300_000;

/** The session and all that was written of its link: what an agent's screen shows. */
async function readDesk(ctx: Ctx, id: string) {
  const session = await readPaymentSession(ctx, id);
  if (!session.ok) return session;
  const history = await readLinkHistory(ctx, session.value.paymentLink);
  return history.ok
    ? ({ ok: true, value: { session: session.value, history: history.value } } as const)
    : history;
}

async function follow(ctx: Ctx, id: string, response: ServerResponse): Promise<void> {
  const read = () => readDesk(ctx, id);
  const first = await read();
  if (!first.ok) return void response.writeHead(404).end();
  const watch = (onChange: () => void) => watchSession(ctx, { merchantId: ctx.merchantId, id }, onChange);
  const stream = new EventStream({ first: first.value, read, watch }, LIFE_MS, () => {});
  response.on('close', () => stream.end());
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  Readable.fromWeb(stream.body as WebStream<Uint8Array>).pipe(response);
}

async function tell(ctx: Ctx, id: string, response: ServerResponse): Promise<void> {
  const desk = await readDesk(ctx, id);
  response.writeHead(desk.ok ? 200 : 404, { 'content-type': 'application/json' });
  response.end(desk.ok ? JSON.stringify(desk.value) : '');
}

process.once('message', ({ databaseUrl, as }: Order) => {
  const { db } = connect(databaseUrl);
  const ctx: Ctx = { ...as, db, log: createLogger('bench', 'silent') };
  const server = createServer((request, response) => {
    const [, what, id = ''] = (request.url ?? '').split('/');
    void (what === 'live' ? follow : tell)(ctx, id, response);
  });
  server.listen(0, '127.0.0.1', () =>
    process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
  );
});
process.on('disconnect', () => process.exit(0));
