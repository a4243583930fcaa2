/** Stands between two parties that speak HTTP, and does to each exchange what the switchboard says. */
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { NAMING, operationOf } from './points';
import type { Act, Answer, Exchange, Switchboard } from './switchboard';

const UPSTREAM_MS = 120_000;
const PIECES = 8;
/** Headers of one connection, which say nothing about the next. */
const OF_THE_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Raw headers, name and value in turn, without those of the hop. */
const endToEnd = (raw: readonly string[]): string[] =>
  raw.flatMap((name, i) =>
    i % 2 === 0 && !OF_THE_HOP.has(name.toLowerCase()) ? [name, raw[i + 1] ?? ''] : [],
  );

const garbled = (body: Buffer): Buffer => body.subarray(0, Math.ceil(body.length / 2));

export class HttpProxy {
  private server: Server | null = null;
  private readonly sockets = new Set<Socket>();

  constructor(
    readonly port: number,
    private readonly targetPort: number,
    private readonly switchboard: Switchboard,
  ) {}

  /** Takes connections, as the party behind it would. */
  open(): Promise<void> {
    if (this.server) return Promise.resolve();
    const server = createServer({ keepAliveTimeout: 65_000 }, (req, res) => {
      this.serve(req, res).catch(() => req.socket.destroy());
    });
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('error', () => {}).once('close', () => this.sockets.delete(socket));
    });
    this.server = server;
    return new Promise((resolve, reject) => {
      server.once('error', reject).listen(this.port, '127.0.0.1', resolve);
    });
  }

  /** Refuses connections and cuts those there are: the party behind it is gone. */
  async shut(): Promise<void> {
    const server = this.server;
    this.server = null;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.sockets) socket.resetAndDestroy();
    await closed;
  }

  private async serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const body = await readAll(req);
    const path = req.url ?? '/';
    const method = req.method ?? 'GET';
    const exchange: Exchange = {
      operation: operationOf(method, path.split('?')[0] ?? path),
      payment: this.switchboard.paymentOf(path, body),
      method,
      path,
      body,
      header: (name) => String(req.headers[name] ?? ''),
    };
    const before = await this.switchboard.at('asked', exchange);
    const answer = await this.forward(exchange, endToEnd(req.rawHeaders), before, req.socket);
    if (answer === 'over') return;
    if (!answer) return void req.socket.resetAndDestroy();
    exchange.answer = answer;
    if (NAMING.includes(exchange.operation)) this.switchboard.nameAfter(exchange, answer.body);
    await this.handOn(res, answer, await this.switchboard.at('answered', exchange));
  }

  /** The other party's answer, null when it gave none, or `over` when the wire has dealt with the request itself. */
  private async forward(
    exchange: Exchange,
    headers: string[],
    act: Act,
    socket: Socket,
  ): Promise<Answer | null | 'over'> {
    const { method, path } = exchange;
    const send = (body: Buffer, bytes = body.length) => this.ask(method, path, headers, body, bytes);
    switch (act.act) {
      case 'reset':
        socket.resetAndDestroy();
        return 'over';
      case 'cut':
        await send(exchange.body, Math.floor(exchange.body.length / 2));
        socket.resetAndDestroy();
        return 'over';
      case 'hang':
        setTimeout(() => socket.destroy(), act.ms).unref();
        return 'over';
      case 'fail':
        return failed(act.status);
      case 'swallow':
        return { status: 204, headers: [], body: Buffer.alloc(0) };
      case 'duplicate': {
        const [first] = await Promise.all([send(exchange.body), send(exchange.body)]);
        return first;
      }
      case 'rewrite':
        return send(act.body(exchange.body));
      case 'delay':
      case 'slow':
        await sleep(act.ms);
        return send(exchange.body);
      default:
        return send(exchange.body);
    }
  }

  private ask(
    method: string,
    path: string,
    headers: string[],
    body: Buffer,
    bytes: number,
  ): Promise<Answer | null> {
    return new Promise((resolve) => {
      const length = body.length > 0 || method !== 'GET' ? ['Content-Length', String(body.length)] : [];
      const call = request(
        { host: '127.0.0.1', port: this.targetPort, method, path, agent: false, timeout: UPSTREAM_MS },
        (response) => {
          readAll(response)
            .then((answer) =>
              resolve({
                status: response.statusCode ?? 502,
                headers: endToEnd(response.rawHeaders),
                body: answer,
              }),
            )
            .catch(() => resolve(null));
        },
      );
      const raw = [...headers, ...length, 'Connection', 'close'];
      for (let i = 0; i < raw.length; i += 2) call.setHeader(raw[i] ?? '', raw[i + 1] ?? '');
      call.once('timeout', () => call.destroy()).once('error', () => resolve(null));
      call.once('close', () => resolve(null));
      if (bytes === body.length) call.end(body);
      else call.write(body.subarray(0, bytes), () => setTimeout(() => call.destroy(), 20));
    });
  }

  private async handOn(res: ServerResponse, answer: Answer, act: Act): Promise<void> {
    const socket = res.socket;
    if (!socket || socket.destroyed) return;
    const write = ({ status, headers, body }: Answer): void => {
      res.writeHead(status, [...headers, 'Content-Length', String(body.length)]).end(body);
    };
    switch (act.act) {
      case 'reset':
        socket.resetAndDestroy();
        return;
      case 'hang':
        setTimeout(() => socket.destroy(), act.ms).unref();
        return;
      case 'cut':
        res.writeHead(answer.status, [...answer.headers, 'Content-Length', String(answer.body.length)]);
        res.write(garbled(answer.body), () => setTimeout(() => socket.resetAndDestroy(), 20));
        return;
      case 'slow':
        return drip(res, answer, act.ms);
      case 'delay':
        await sleep(act.ms);
        return write(answer);
      case 'garble':
        return write({ ...answer, body: garbled(answer.body) });
      case 'fail':
        return write(failed(act.status));
      case 'rewrite':
        return write({ ...answer, body: act.body(answer.body) });
      default:
        return write(answer);
    }
  }
}

const failed = (status: number): Answer => ({
  status,
  headers: ['Content-Type', 'application/json'],
  body: Buffer.from('{"code":"internal","message":"On purpose."}'),
});

/** The answer in a few pieces, over so many milliseconds in all. */
async function drip(res: ServerResponse, { status, headers, body }: Answer, ms: number): Promise<void> {
  res.writeHead(status, [...headers, 'Content-Length', String(body.length)]);
  const size = Math.max(1, Math.ceil(body.length / PIECES));
  for (let at = 0; at < body.length && !res.destroyed; at += size) {
    res.write(body.subarray(at, at + size));
    await sleep(ms / PIECES);
  }
  res.end();
}
