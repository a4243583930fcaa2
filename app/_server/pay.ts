import 'server-only';
import { asLocale, localeFromHeader } from '@/core/messages';
import { type AppError, type Outcome, ok } from '@/core/outcome';
import type { Ctx } from '@/lib/context';
import { STATUS_OF } from '@/lib/contracts/problem';
import { type Translate, translator } from '@/lib/i18n';
import { errorText } from '@/lib/log';
import {
  attemptOf,
  attemptText,
  BadTokenThrottle,
  type Opened,
  openPayPage,
  type PayPage,
  payerCtx,
  refusalText,
} from '@/lib/pay-page';
import { clientAddress, newRequestId, services } from './services';

const throttle = new BadTokenThrottle();

/** What a token leads to; `throttled` after too many bad ones from one network. */
export async function openToken(request: Request, token: string): Promise<Opened | { kind: 'throttled' }> {
  const opened = await openPayPage(services(), token);
  if (opened.kind !== 'forged') return opened;
  return throttle.blocks(clientAddress(request.headers), Date.now()) ? { kind: 'throttled' } : opened;
}

export const localeOf = (request: Request) => localeFromHeader(request.headers.get('accept-language'));

export const pageTranslator = (page: PayPage): Translate => translator(asLocale(page.link.locale) ?? 'en');

/** JSON for the page's own script: never cached, never read by another origin. */
export const payJson = (body: unknown, status = 200): Response =>
  Response.json(body, {
    status,
    headers: {
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  });

/** How things stand, for the page's script: the page's state and, where asked, what became of an attempt. */
export function statusJson(page: PayPage, attemptId: string | null): Response {
  const attempt = attemptOf(page, attemptId);
  const key = attempt && attemptText(attempt);
  const text = key ? pageTranslator(page)(key, { merchant: page.merchant.name }) : null;
  return payJson({
    state: page.state,
    ...(attempt && {
      attempt: { id: attempt.id, state: attempt.state, text, final: page.state !== 'ready' },
    }),
  });
}

/** Text for a refusal; null where the page itself, loaded again, tells it. */
export function refusalJson(page: PayPage, error: AppError): Response {
  const key = refusalText(error.code);
  const text = key ? pageTranslator(page)(key, { merchant: page.merchant.name }) : null;
  return payJson({ code: error.code, text }, STATUS_OF[error.code]);
}

/** Only our own page may act: exact Origin, same-origin fetch, JSON (which other origins cannot send unasked). */
function comesFromOurPage(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  return (
    request.headers.get('origin') === services().config.portalUrl &&
    (site === null || site === 'same-origin') &&
    request.headers.get('content-type') === 'application/json'
  );
}

/** An act of the payer on the link behind `token`: checked, given its page and context, with one answer for every fault. */
export async function payerAct(
  request: Request,
  token: string,
  act: (page: PayPage, ctx: Ctx) => Promise<Response>,
): Promise<Response> {
  const requestId = newRequestId();
  const { log } = services();
  try {
    if (!comesFromOurPage(request)) return payJson({ code: 'forbidden', text: null }, 403);
    const opened = await openToken(request, token);
    if (opened.kind === 'throttled') return payJson({ code: 'rate_limited', text: null }, 429);
    if (opened.kind !== 'page') return payJson({ code: 'not_found', text: null }, 404);
    const ctx = payerCtx(services(), opened.page, requestId, clientAddress(request.headers));
    return await act(opened.page, ctx);
  } catch (error) {
    log.error('payer_act_failed', { requestId, error: errorText(error) });
    return payJson({ code: 'unavailable', text: null }, 503);
  }
}

/** The page as it stands after an act. */
export async function pageAgain(token: string): Promise<Outcome<PayPage>> {
  const opened = await openPayPage(services(), token);
  return opened.kind === 'page'
    ? ok(opened.page)
    : { ok: false, error: { code: 'not_found', message: 'gone' } };
}
