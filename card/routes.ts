import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { asLocale, localeFromHeader } from '@/core/messages';
import { type Answer, authorize, type Signals } from './authorize';
import { wipe } from './card-bytes';
import type { CardConfig } from './env';
import type { Captures } from './keypad/captures';
import { keypadReply, keypadRouteOf } from './keypad/routes';
import type { Log } from './log';
import type { Page, Pages } from './pages';
import { wipeReceived } from './received';
import { json, plainPage, type Reply, refusal } from './reply';
import { BODY_TIMEOUT_MS, readBody } from './request-body';

export const CARD_CONTENT_TYPE = 'application/x-counterfoil-card';

export type Service = {
  config: CardConfig;
  pages: Pages;
  signals: Signals;
  captures: Captures;
  log: Log;
  /** False while the process stops. */
  isOpen: () => boolean;
  bodyTimeoutMs?: number;
};

function pageReply(page: Page, request: IncomingMessage): Reply {
  const headers = { ...page.headers, etag: page.etag };
  if (request.headers['if-none-match']?.includes(page.etag)) return { status: 304, headers };
  const accepted = String(request.headers['accept-encoding'] ?? '');
  const encoding = (['br', 'gzip'] as const).find((name) =>
    new RegExp(`\\b${name}\\b(?!;q=0)`).test(accepted),
  );
  return encoding
    ? { status: 200, headers: { ...headers, 'content-encoding': encoding }, body: page[encoding] }
    : { status: 200, headers, body: page.identity };
}

function formReply({ pages }: Service, request: IncomingMessage, query: URLSearchParams): Reply {
  const locale = asLocale(query.get('l')) ?? 'en';
  const page = pages.form(query.get('o') ?? '', locale);
  return page ? pageReply(page, request) : plainPage(400);
}

function challengeDoneReply({ pages }: Service, { headers }: IncomingMessage, query: URLSearchParams): Reply {
  const chosen = asLocale(query.get('l'));
  const locale = chosen ?? localeFromHeader(headers['accept-language'] ?? null);
  return pages.challengeDone(locale, query.get('o') ?? '', query.get('h') ?? '', chosen);
}

async function authorizeReply(service: Service, request: IncomingMessage): Promise<Reply> {
  const { headers } = request;
  const site = headers['sec-fetch-site'];
  const sameOrigin = headers.origin === service.config.cardOrigin && (!site || site === 'same-origin');
  if (!sameOrigin) return { ...refusal(403), hangUp: true };
  if (headers['content-type'] !== CARD_CONTENT_TYPE) return { ...refusal(415), hangUp: true };
  if (!service.isOpen()) return { ...refusal(503), hangUp: true };
  const body = await readBody(request, service.bodyTimeoutMs ?? BODY_TIMEOUT_MS);
  wipeReceived(request.socket);
  if (typeof body === 'number') return { ...refusal(body), hangUp: true };
  const parent = String(headers['counterfoil-parent'] ?? '');
  const {
    status,
    body: answer,
    attempt,
  }: Answer = await authorize(service.config, body, parent, service.signals);
  return { ...json(status, answer), ...(attempt ? { attempt } : {}) };
}

const ROUTES = {
  '/form': ['GET', 'HEAD'],
  '/challenge-done': ['GET', 'HEAD'],
  '/healthz': ['GET', 'HEAD'],
  '/readyz': ['GET', 'HEAD'],
  '/authorize': ['POST'],
} as const;
type Route = keyof typeof ROUTES;

/** Stands in for this origin while a path is read: no Host header decides anything here. */
const NOWHERE = 'http://card.invalid/';

const isRoute = (path: string): path is Route => Object.hasOwn(ROUTES, path);

function wrongMethod(methods: readonly string[]): Reply {
  const { headers, ...rest } = plainPage(405);
  return { ...rest, headers: { ...headers, allow: methods.join(', ') }, hangUp: true };
}

async function replyTo(service: Service, request: IncomingMessage, url: URL): Promise<Reply> {
  const path = url.pathname;
  const keypad = keypadRouteOf(path);
  if (keypad)
    return request.method === 'POST' ? keypadReply(service, request, keypad) : wrongMethod(['POST']);
  if (!isRoute(path)) return { ...plainPage(404), hangUp: request.method === 'POST' };
  const methods: readonly string[] = ROUTES[path];
  if (!methods.includes(request.method ?? '')) return wrongMethod(methods);
  switch (path) {
    case '/form':
      return formReply(service, request, url.searchParams);
    case '/challenge-done':
      return challengeDoneReply(service, request, url.searchParams);
    case '/healthz':
      return json(200, { status: 'ok' });
    case '/readyz':
      return service.isOpen()
        ? json(200, { status: 'ok', checks: { keys: 'ok' } })
        : json(503, { status: 'unavailable', checks: { keys: 'ok', stopping: 'yes' } });
    case '/authorize':
      return authorizeReply(service, request);
  }
}

/** Headers of every answer, the refusals too. A page's own come after and may say more. */
function baseHeaders({ config }: Service): Record<string, string> {
  const secure = config.cardOrigin.startsWith('https:');
  return {
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex, nofollow',
    ...(secure ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
  };
}

/** Answers one request and writes its one log line. Never throws, never says why something broke. */
export async function handle(
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const started = performance.now();
  const url = new URL(NOWHERE);
  [url.pathname = '/', url.search = ''] = (request.url ?? '').split(/\?(.*)/s);
  const requestId = randomUUID();
  const reply = await replyTo(service, request, url).catch(
    () => ({ ...refusal(500), hangUp: true }) as Reply,
  );
  wipeReceived(request.socket);
  // A refused body may still be coming: the parser hands each part over as a copy of its own.
  request.on('data', (chunk: Buffer) => wipe(chunk));
  const { status, body = '', attempt, hangUp } = reply;
  const closing = hangUp || !service.isOpen();
  response.writeHead(status, {
    ...baseHeaders(service),
    ...reply.headers,
    ...(status === 304 ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    ...(closing ? { connection: 'close' } : {}),
  });
  response.end(request.method === 'HEAD' || status === 304 ? undefined : body, () => {
    if (hangUp) setTimeout(() => request.socket.destroy(), 100).unref();
  });
  service.log({
    event: 'card.request',
    requestId,
    method: request.method ?? '',
    route: isRoute(url.pathname) ? url.pathname : (keypadRouteOf(url.pathname)?.name ?? 'none'),
    status,
    ms: Math.round(performance.now() - started),
    ...(attempt ? { attempt } : {}),
  });
}
