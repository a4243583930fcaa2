import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PortalEnv } from '@/lib/env';
import type { Pass } from '@/lib/interpose';
import { arrivedAt, originsIn } from '@/lib/origins';

/** Set on every staff page: the path asked for. */
export const PATH_HEADER = 'x-counterfoil-path';

/**
 * The path that a page of staff was asked for. Throws where a request came in before the portal was up: nothing has dressed it, and
 * its page would be one that others may frame.
 */
export function pathAsked(headers: Pick<Headers, 'get'>): string {
  const asked = headers.get(PATH_HEADER);
  if (asked === null) throw new Error('a page of staff without its headers');
  return asked;
}

/** What is no page of staff, and says its own headers. */
const OTHERS =
  /^\/(?:(?:unsubscribe|brand|\.well-known|api|oauth|internal|Auth|v1|agent-frame\/session|_next|webhook-keys)\/|(?:pay|developers|healthz|readyz|metrics)(?:\/|$)|verify\/?$|favicon\.ico$|icon\.svg$)/;

type Env = Pick<PortalEnv, 'PORTAL_URL' | 'PAY_ORIGINS' | 'AGENT_FRAME_PARENTS'>;

/**
 * Headers of the staff pages, and the nonce that Next puts on its scripts. No authorisation: each page asks for itself. It stands
 * in front of the router, whose own way to do this costs more than the session's row (ADR 0106).
 */
export function pageHeaders(env: Env, isDeveloping = false): Pass {
  const payOrigins = originsIn(env.PAY_ORIGINS);
  const frameParents = originsIn(env.AGENT_FRAME_PARENTS);
  const same = sameAtEveryTime(env.PORTAL_URL.startsWith('https:'));
  return (request, response, go) => {
    const { pathname, search } = addressOf(request);
    if (OTHERS.test(pathname)) {
      if (!pathname.startsWith('/_next/static/')) dressStrangers(response, same);
      return go();
    }
    const { headers } = request;
    const payOrigin = arrivedAt({ get: (name) => headers[name]?.toString() ?? null }, payOrigins);
    if (payOrigin) {
      // The merchant's own domain shows payers their pages, which do not come by here, and nothing else.
      if (pathname === '/') response.writeHead(303, { location: `${payOrigin}/verify` }).end();
      else response.writeHead(404).end();
      return true;
    }
    // Only the agent's desk has pages around it, and it knows nothing of cookies.
    const parents = pathname === '/agent-frame' ? frameParents : [];
    const csp = contentSecurityPolicy(randomBytes(16).toString('base64'), parents, isDeveloping);
    headers['content-security-policy'] = csp;
    headers[PATH_HEADER] = pathname + search;
    for (const [name, value] of same) response.setHeader(name, value);
    response.setHeader('Content-Security-Policy', csp);
    if (parents.length === 0) response.setHeader('X-Frame-Options', 'DENY');
    response.setHeader('Cross-Origin-Resource-Policy', parents.length === 0 ? 'same-origin' : 'cross-origin');
    return go();
  };
}

/**
 * What there is not among them is told by the router, on a page of its own without a policy: it gets one, without scripts. The router
 * adds no header that is there before, so that this waits until a route has said its own.
 */
function dressStrangers(response: ServerResponse, same: [string, string][]): void {
  const { writeHead } = response;
  response.writeHead = ((...head: unknown[]) => {
    const isPage = String(response.getHeader('Content-Type')).startsWith('text/html');
    if (isPage && !response.hasHeader('Content-Security-Policy')) {
      for (const [name, value] of same) response.setHeader(name, value);
      response.setHeader('Content-Security-Policy', NO_SCRIPTS);
      response.setHeader('X-Frame-Options', 'DENY');
    }
    return Reflect.apply(writeHead, response, head);
  }) as typeof writeHead;
}

const NO_SCRIPTS =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

/** As a person knows it: what the router's own reads of a page carry is none of it. */
function addressOf({ url = '/' }: IncomingMessage): { pathname: string; search: string } {
  const [, pathname, query = ''] = /^(?:https?:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/i.exec(url) ?? [];
  const kept = query.split('&').filter((part) => part !== '' && !/^_rsc(?:=|$)/.test(part));
  return { pathname: pathname || '/', search: kept.length > 0 ? `?${kept.join('&')}` : '' };
}

const sameAtEveryTime = (isHttps: boolean): [string, string][] => [
  ['Cache-Control', 'no-store'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Robots-Tag', 'noindex'],
  // With `no-referrer` browsers send `Origin: null` on form posts, and actions require the true origin.
  ['Referrer-Policy', 'same-origin'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  [
    'Permissions-Policy',
    'camera=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-write=(self)',
  ],
  ...(isHttps
    ? [['Strict-Transport-Security', 'max-age=63072000; includeSubDomains'] as [string, string]]
    : []),
];

function contentSecurityPolicy(nonce: string, parents: string[], isDeveloping: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${isDeveloping ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${isDeveloping ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    `frame-ancestors ${parents.join(' ') || "'none'"}`,
    "base-uri 'none'",
    "object-src 'none'",
  ].join('; ');
}
