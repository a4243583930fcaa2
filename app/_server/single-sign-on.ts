import 'server-only';
import { createHash } from 'node:crypto';
import { cookies } from 'next/headers';
import { roundCookie } from '@/lib/auth';
import { isReason, REASONS, type Reason } from '@/lib/contracts/single-sign-on';
import { errorText } from '@/lib/log';
import { type Beginning, type Begun, type Finished, ROUND_SECONDS } from '@/lib/single-sign-on';
import { type Html, html, raw } from './html';
import { keepSession } from './second-step';
import { newRequestId, services } from './services';
import { safeNext } from './staff';

/** Under which word the sign-in page finds why somebody was not signed in. */
const PREFIX = 'sso_';
/** Why single sign-on signed nobody in, from the sign-in page's own address. */
export function reasonOf(code: string | null): string | null {
  const reason = code?.startsWith(PREFIX) ? code.slice(PREFIX.length) : '';
  return isReason(reason) ? REASONS[reason] : null;
}

/** The secret that this browser holds for rounds, if it has one. */
export async function roundSecret(): Promise<string | null> {
  return (await cookies()).get(roundCookie(services().config.portalUrl).name)?.value ?? null;
}

/** Keeps the secret of a round in the browser until it can no longer end. */
export async function keepRound({ browser }: Begun): Promise<void> {
  const { name, options } = roundCookie(services().config.portalUrl);
  (await cookies()).set(name, browser, { ...options, maxAge: ROUND_SECONDS });
}

/** What is done for a browser on its way; what breaks sends it to the sign-in page, which says so. */
export async function onTheWay(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    services().log.error('single_sign_on', { requestId: newRequestId(), error: errorText(error) });
    return goTo(`${services().config.portalUrl}/sign-in?error=unavailable`);
  }
}

const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const goTo = (url: string): Response =>
  new Response(null, { status: 303, headers: { ...HEADERS, location: url } });

/** Leads the browser to the provider, or back to the sign-in page with the reason. */
export async function leave(begun: Beginning, next: string | null): Promise<Response> {
  if (!begun.ok) return goTo(signInUrl(begun.reason, next));
  await keepRound(begun.value);
  return goTo(begun.value.url);
}

function signInUrl(reason: Reason, next: string | null): string {
  const query = new URLSearchParams({ error: `${PREFIX}${reason}`, ...(next && { next }) });
  return `${services().config.portalUrl}/sign-in?${query}`;
}

/** What the browser is shown that comes back from a provider. */
export async function arrive(finished: Finished): Promise<Response> {
  switch (finished.kind) {
    case 'refused':
      return goTo(signInUrl(finished.reason, safeNext(finished.next)));
    case 'tried':
      return bounce('/admin/single-sign-on?tried=1');
    case 'stepped_up':
      return said('Confirmed', html`<p>It is you. Close this tab and go on where you were.</p>`);
    case 'signed_in':
      await keepSession(finished.session);
      return bounce(safeNext(finished.next) ?? '/');
  }
}

/**
 * A page of our own that goes on by itself: a browser that another site has sent here shows no Strict cookie until a page of
 * ours asks.
 */
const bounce = (path: string): Response =>
  said(
    'Signing in',
    html`<p><a href="${path}">Go on</a></p>`,
    html`<meta http-equiv="refresh" content="0;url=${path}">`,
  );

const STYLE =
  ':root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:24rem;margin:20vh auto;padding:0 1.25rem}';
const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

function said(title: string, body: Html, head: Html = html``): Response {
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${head}
<title>${title}</title><style>${raw(STYLE)}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`;
  const policy = `default-src 'none'; style-src ${STYLE_HASH}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;
  return new Response(page.text, {
    headers: { ...HEADERS, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
  });
}
