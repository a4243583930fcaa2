import { type ClientRequest, request } from 'node:http';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** `not_sent`: proven that no byte left. `lost`: something was sent and what became of it is not known. */
export type Exchange =
  | { kind: 'answered'; status: number; headers: NodeJS.Dict<string | string[]>; body: string }
  | { kind: 'not_sent' }
  | { kind: 'lost'; reason: 'timeout' | 'reset' | 'garbled' };

export type Sending = {
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  /** Everything must be over within this many milliseconds. */
  budgetMs: number;
  /** The moment of the monotonic clock after which no first byte may leave. */
  sendBefore?: number;
  maxAnswerBytes: number;
  /** Ends the exchange early, as if its budget were over. */
  signal: AbortSignal;
  /** Called once when the body has left this process, or never will. */
  onFlushed?: () => void;
};

function dial(url: URL): { socket: Socket; event: 'connect' | 'secureConnect' } {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'https:';
  const port = Number(url.port) || (secure ? 443 : 80);
  return secure
    ? {
        socket: connectTls({ host, port, servername: host, ALPNProtocols: ['http/1.1'] }),
        event: 'secureConnect',
      }
    : { socket: connectTcp({ host, port }), event: 'connect' };
}

/** An open connection, or null when there was none by `before`. Nothing of the request has been written yet. */
function open(url: URL, before: number, signal: AbortSignal): Promise<Socket | null> {
  return new Promise((resolve) => {
    const { socket, event } = dial(url);
    const settle = (result: Socket | null) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', fail);
      socket.off('error', fail);
      if (!result) socket.on('error', () => {}).destroy();
      resolve(result);
    };
    const fail = () => settle(null);
    const timer = setTimeout(fail, Math.max(0, before - performance.now()));
    signal.addEventListener('abort', fail, { once: true });
    socket.once('error', fail);
    socket.once(event, () => settle(socket));
    if (signal.aborted) fail();
  });
}

/** Reads one answer, whole and no longer than allowed. */
function answerOf(call: ClientRequest, maxBytes: number): Promise<Exchange> {
  return new Promise((resolve) => {
    const lost = (reason: 'reset' | 'garbled') => {
      resolve({ kind: 'lost', reason });
      call.destroy();
    };
    call.on('error', () => lost('reset'));
    call.on('close', () => lost('reset'));
    call.on('response', (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on('error', () => lost('reset'));
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxBytes) lost('garbled');
        else chunks.push(chunk);
      });
      answer.on('end', () => {
        if (!answer.complete) return lost('reset');
        const body = Buffer.concat(chunks).toString();
        resolve({ kind: 'answered', status: answer.statusCode ?? 0, headers: answer.headers, body });
      });
    });
  });
}

/** POSTs once over a connection of its own: no retry, no redirect, no proxy, and a plain word on whether bytes left. */
export async function post(sending: Sending): Promise<Exchange> {
  const { url, headers, body, budgetMs, signal, sendBefore = Number.POSITIVE_INFINITY } = sending;
  const end = performance.now() + budgetMs;
  const flushed = sending.onFlushed ?? (() => {});
  const socket = await open(url, Math.min(end, sendBefore), signal);
  if (!socket || performance.now() >= sendBefore || signal.aborted) {
    socket?.on('error', () => {}).destroy();
    flushed();
    return { kind: 'not_sent' };
  }
  const call = request({
    createConnection: () => socket,
    method: 'POST',
    path: url.pathname + url.search,
    headers: {
      ...headers,
      host: url.host,
      'content-length': String(body.length),
      accept: 'application/json',
    },
  });
  const over = new Promise<Exchange>((resolve) => {
    const stop = () => resolve({ kind: 'lost', reason: 'timeout' });
    const timer = setTimeout(stop, Math.max(0, end - performance.now()));
    signal.addEventListener('abort', stop, { once: true });
    call.once('close', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    });
  });
  const answered = answerOf(call, sending.maxAnswerBytes);
  call.once('close', flushed).end(body, flushed);
  const result = await Promise.race([answered, over]);
  call.destroy();
  return result;
}
