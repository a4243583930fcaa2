import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { portalEnv } from '@/lib/env';
import { arrivedAt, originsIn } from '@/lib/origins';

/** Headers of the staff pages, and the nonce that Next puts on its scripts. No authorisation: each page asks for itself. */
export function proxy(request: NextRequest): NextResponse {
  const payOrigin = payOriginOf(request);
  if (payOrigin) return elsewhere(payOrigin, request);
  const nonce = randomBytes(16).toString('base64');
  const parents = parentsOf(request.nextUrl.pathname);
  const csp = contentSecurityPolicy(nonce, parents);
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', csp);
  headers.set('x-nonce', nonce);
  headers.set('x-counterfoil-path', request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(pageHeaders(csp, parents))) response.headers.set(name, value);
  return response;
}

/** The merchant's own domain that a request has arrived at: it shows payers their pages, which do not come by here, and nothing else. */
const payOriginOf = ({ headers }: NextRequest): string | undefined =>
  arrivedAt(headers, originsIn(portalEnv().PAY_ORIGINS));

const elsewhere = (origin: string, { nextUrl }: NextRequest): NextResponse =>
  nextUrl.pathname === '/'
    ? NextResponse.redirect(`${origin}/verify`, 303)
    : new NextResponse(null, { status: 404 });

/** Whose pages may show this one in a frame: only the agent's desk has any, and it knows nothing of cookies. */
const parentsOf = (path: string): string[] =>
  path === '/agent-frame' ? originsIn(portalEnv().AGENT_FRAME_PARENTS) : [];

const pageHeaders = (csp: string, parents: string[]): Record<string, string> => ({
  'Content-Security-Policy': csp,
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  ...(parents.length === 0 && { 'X-Frame-Options': 'DENY' }),
  'X-Robots-Tag': 'noindex',
  // With `no-referrer` browsers send `Origin: null` on form posts, and actions require the true origin.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': parents.length === 0 ? 'same-origin' : 'cross-origin',
  'Permissions-Policy':
    'camera=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-write=(self)',
  ...(portalEnv().PORTAL_URL.startsWith('https:') && {
    'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  }),
});

function contentSecurityPolicy(nonce: string, parents: string[]): string {
  const developing = process.env.NODE_ENV === 'development';
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${developing ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${developing ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
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

export const config = {
  matcher: [
    '/((?!pay/|unsubscribe/|brand/|verify$|\\.well-known/|developers|api/|oauth/|internal/|Auth/|v1/|agent-frame/session/|_next/|webhook-keys/|healthz|readyz|metrics|favicon.ico|icon.svg).*)',
  ],
};
