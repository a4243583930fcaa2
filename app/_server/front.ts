import type { IncomingMessage, ServerResponse } from 'node:http';
import { interpose } from '@/lib/interpose';

/** A request as far as a pay page looks at it: a `Request` is one. */
export type Asked = { url: string; headers: Pick<Headers, 'get'> };
export type Answer = {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer> | null;
};
type PayPage = (asked: Asked, token: string) => Promise<Answer>;

export const responseOf = ({ body, ...rest }: Answer): Response => new Response(body, rest);

/** Routes and the portal's start are built apart: what one makes the other finds here alone. */
const holder = globalThis as typeof globalThis & { counterfoilPayPage?: PayPage };
export function layOutInFront(payPage: PayPage): void {
  holder.counterfoilPayPage = payPage;
}

/** As the page's addresses are written. What is spelled otherwise is the router's. */
const PAGE = /^\/pay\/([\w-]+)(?:\?[^#]*)?$/;
const isRead = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD';

/** Pay pages are answered before the router, by what their route has laid out (ADR 0105). What fails is the router's too. */
export function answerInFront(): void {
  interpose((request, response, go) => {
    const { counterfoilPayPage: payPage } = holder;
    const token = isRead(request) && PAGE.exec(request.url ?? '')?.[1];
    if (!payPage || !token) return go();
    void payPage(askedBy(request), token)
      .then((answer) => send(response, answer))
      .catch(go);
    return true;
  });
}

/** Where no proxy says whom it asks for, that is the socket's other end; so the router has it as well. */
function askedBy({ url, headers, socket }: IncomingMessage): Asked {
  headers['x-forwarded-for'] ??= socket.remoteAddress;
  return {
    url: `http://portal${url}`,
    headers: { get: (name) => headers[name.toLowerCase()]?.toString() ?? null },
  };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body ?? '') });
  response.end(body);
}
