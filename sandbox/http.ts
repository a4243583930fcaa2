/** The least of HTTP this process needs: routes as data, handlers that return their answer, bodies with a limit. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type * as z from 'zod';
import { note } from '@/core/trace';

export type Answer = { status: number; headers: Record<string, string>; body: string | Buffer };
/** `destroy` tears the connection down unanswered; `silence` leaves it open without a byte for so long first. */
export type Reply = Answer | { act: 'destroy' } | { act: 'silence'; ms: number };

export type Call = {
  req: IncomingMessage;
  url: URL;
  params: Record<string, string>;
  body: Buffer;
};
export type Guard = (req: IncomingMessage) => Answer | null;
export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/gateway/payments/:id`: a colon names one segment. */
  path: string;
  handler: (call: Call) => Reply | Promise<Reply>;
  guards?: readonly Guard[];
  bodyLimit?: number;
};

/** A refusal on its way to the caller: `code` for machines, `message` for people. Never holds what was sent. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});
export const failure = (status: number, code: string, message: string): Answer =>
  json(status, { code, message });
export const empty = (status: number, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  body: '',
});

/** The body as JSON in the shape of `schema`. 400 when it is not JSON, `invalidStatus` with the paths when it is another shape. */
export function jsonBody<S extends z.ZodType>(call: Call, schema: S, invalidStatus = 422): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(call.body.toString('utf8'));
  } catch {
    throw new HttpError(400, 'malformed', 'The body is not JSON.');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw new HttpError(invalidStatus, 'invalid', faults.join('; '));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Lets through only requests that carry `Authorization: Bearer {key}`; compared in constant time. */
export function bearer(key: string): Guard {
  const expected = digest(`Bearer ${key}`);
  return (req) =>
    timingSafeEqual(digest(req.headers.authorization ?? ''), expected)
      ? null
      : failure(401, 'unauthenticated', 'A bearer key is needed.');
}

async function readBody(req: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += (chunk as Buffer).length;
    if (size > limit) throw new HttpError(413, 'too_large', `The body is larger than ${limit} bytes.`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

const pattern = (path: string): RegExp =>
  new RegExp(`^${path.replace(/:(\w+)/g, (_, name: string) => `(?<${name}>[^/]+)`)}$`);

/** Finds the route of a request, asks its guards, reads the body and runs it. Never throws an HttpError. */
export function router(routes: readonly Route[]): (req: IncomingMessage) => Promise<Reply> {
  const table = routes.map((route) => ({ ...route, regex: pattern(route.path) }));
  return async (req) => {
    try {
      const url = new URL(req.url ?? '/', 'http://sandbox.invalid');
      const here = table.filter((route) => route.regex.test(url.pathname));
      const method = req.method === 'HEAD' ? 'GET' : req.method;
      const route = here.find((candidate) => candidate.method === method);
      for (const guard of (route ?? here[0])?.guards ?? []) {
        const refused = guard(req);
        if (refused) return refused;
      }
      if (here.length === 0) return failure(404, 'not_found', 'There is nothing here.');
      if (!route) return failure(405, 'method_not_allowed', 'This address does not take that method.');
      note({ 'http.route': route.path });
      const groups = route.regex.exec(url.pathname)?.groups ?? {};
      const params = Object.fromEntries(Object.entries(groups).map(([k, v]) => [k, decodeURIComponent(v)]));
      return await route.handler({ req, url, params, body: await readBody(req, route.bodyLimit ?? 65_536) });
    } catch (error) {
      if (error instanceof HttpError) return failure(error.status, error.code, error.message);
      if (error instanceof URIError || (error as { code?: string }).code === 'ERR_INVALID_URL')
        return failure(400, 'malformed', 'The address is malformed.');
      throw error;
    }
  };
}

/** What a reply must know of its server: that it is closing, and which connections are kept silent on purpose. */
export type Wire = { closing: boolean; silent: Set<Socket> };

function act(socket: Socket, reply: Exclude<Reply, Answer>, wire: Wire): void {
  if (reply.act === 'destroy' || wire.closing) {
    socket.destroy();
    return;
  }
  wire.silent.add(socket);
  const timer = setTimeout(() => socket.destroy(), reply.ms);
  socket.once('close', () => {
    clearTimeout(timer);
    wire.silent.delete(socket);
  });
}

/** Writes a reply. Every answer forbids sniffing, caching and referrers. */
export function send(req: IncomingMessage, res: ServerResponse, reply: Reply, wire: Wire): void {
  if ('act' in reply) {
    act(req.socket, reply, wire);
    return;
  }
  const withBody = reply.status !== 204;
  res.writeHead(reply.status, {
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    ...(wire.closing || !req.complete ? { connection: 'close' } : {}),
    ...(withBody ? { 'content-length': String(Buffer.byteLength(reply.body)) } : {}),
    ...reply.headers,
  });
  res.end(req.method === 'HEAD' ? undefined : reply.body);
  if (!req.complete) req.resume();
}
