import 'server-only';
import { asLocale, type Locale, localeFromHeader } from '@/core/messages';
import type { AppError } from '@/core/outcome';
import type { Ctx } from '@/lib/context';
import { STATUS_OF } from '@/lib/contracts/problem';
import { translator } from '@/lib/i18n';
import { errorText } from '@/lib/log';
import { networkOf } from '@/lib/network';
import { arrivedAt } from '@/lib/origins';
import {
  attemptOf,
  attemptText,
  BAD_TOKENS,
  codeForPayer,
  markOf,
  type Opened,
  openPayPage,
  type PayPage,
  payerCtx,
  refusalText,
  Throttle,
} from '@/lib/pay-page';
import { graceText, timeLeft } from '../pay/_page/view';
import type { Asked } from './front';
import { clientAddress, newRequestId, services } from './services';

const throttle = new Throttle(BAD_TOKENS);

/** What a token leads to; `throttled` after too many bad ones from one network. */
export async function openToken(request: Asked, token: string): Promise<Opened | { kind: 'throttled' }> {
  const address = clientAddress(request.headers);
  const pass = new URL(request.url).searchParams.get('p');
  const reader = { address, locale: chosenLocale(request), pass, origin: originAt(request) };
  const opened = await openPayPage(services(), token, reader);
  if (opened.kind !== 'forged') return opened;
  return throttle.blocks(networkOf(address), performance.now()) ? { kind: 'throttled' } : opened;
}

/** The language chosen on a page. It stands in the address (`?l=de`) and nowhere else: looking at a page changes nothing. */
export const chosenLocale = (request: Asked): Locale | null =>
  asLocale(new URL(request.url).searchParams.get('l'));

/** The language of a page without a link. */
export const localeOf = (request: Asked): Locale =>
  chosenLocale(request) ?? localeFromHeader(request.headers.get('accept-language'));

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

/** How things stand, for the page's script: state, mark, time left and, where asked, what became of an attempt. */
export function statusJson(page: PayPage, attemptId: string | null): Response {
  const attempt = attemptOf(page, attemptId);
  const key = attempt && attemptText(attempt);
  const { locale } = page;
  const text = key ? translator(locale)(key, { merchant: page.merchant.name }) : null;
  return payJson({
    state: page.state,
    mark: markOf(page),
    left: timeLeft(page, locale),
    grace: graceText(page, locale),
    ...(attempt && {
      attempt: { id: attempt.id, state: attempt.state, text, final: page.state !== 'ready' },
    }),
  });
}

/** Text for a refusal; null where the page itself, loaded again, tells it. */
export function refusalJson(page: PayPage, error: AppError): Response {
  const key = refusalText(error.code);
  const text = key ? translator(page.locale)(key, { merchant: page.merchant.name }) : null;
  return payJson({ code: codeForPayer(error.code), text }, STATUS_OF[error.code]);
}

/** Where payers are shown pages: at the portal's own address and at merchants' domains. */
const payerOrigins = (): string[] => [services().config.portalUrl, ...services().config.payOrigins];

/** At which of them a request has arrived; the portal's own where the host is none of them. */
export const originAt = ({ headers }: Asked): string =>
  arrivedAt(headers, payerOrigins()) ?? services().config.portalUrl;

/** Only our own page may act: exact Origin, same-origin fetch, JSON (which other origins cannot send unasked). */
export function comesFromOurPage(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  return (
    payerOrigins().includes(request.headers.get('origin') ?? '') &&
    (site === null || site === 'same-origin') &&
    request.headers.get('content-type') === 'application/json'
  );
}

/**
 * A plain form of our own page, sent without script. Under `no-referrer` browsers send `Origin: null` with it, so that
 * it is Sec-Fetch-Site, which no page can set, that tells where it came from.
 */
export const isOwnForm = (request: Request): boolean =>
  ['null', ...payerOrigins()].includes(request.headers.get('origin') ?? '') &&
  request.headers.get('sec-fetch-site') === 'same-origin' &&
  request.headers.get('content-type') === 'application/x-www-form-urlencoded';

/** `isOurs`: how it is known that our own page asks. `isOpen`: goes also while a question stands before the page. */
type Terms = { isOurs?: (request: Request) => boolean; isOpen?: boolean };

/**
 * An act of the payer on the link behind `token`: checked, given its page and context, with one answer for every fault. An
 * address that was replaced or switched off begins nothing, nor does a page whose question was not answered.
 */
export async function payerAct(
  request: Request,
  token: string,
  act: (page: PayPage, ctx: Ctx) => Promise<Response>,
  { isOurs = comesFromOurPage, isOpen = false }: Terms = {},
): Promise<Response> {
  const requestId = newRequestId();
  const { log } = services();
  try {
    if (!isOurs(request)) return payJson({ code: 'forbidden', text: null }, 403);
    const opened = await openToken(request, token);
    if (opened.kind === 'throttled') return payJson({ code: 'rate_limited', text: null }, 429);
    if (opened.kind !== 'page') return payJson({ code: 'not_found', text: null }, 404);
    if (!opened.page.live) return payJson({ code: 'link_not_payable', text: null }, 409);
    if (!opened.page.isShown && !isOpen) return payJson({ code: 'forbidden', text: null }, 403);
    const ctx = payerCtx(services(), opened.page, requestId, clientAddress(request.headers));
    return await act(opened.page, ctx);
  } catch (error) {
    log.error('payer_act_failed', { requestId, error: errorText(error) });
    return payJson({ code: 'unavailable', text: null }, 503);
  }
}

/** Why the question of a page is still asked, as the catalogue says it. */
export const REASONS = ['wrong', 'too_soon', 'over', 'empty'] as const;
export type Reason = (typeof REASONS)[number];

/**
 * What came of a form, for the page: why it is as it was, or what opens it now. Without either the page itself tells.
 * `answersLeft`: after what was wrong.
 */
export type FormAnswer = {
  reason?: Reason;
  answersLeft?: number;
  pass?: string;
  error?: AppError;
  /** Another page to go to, a bank's. */
  to?: string | null;
};

/** An act that is a form of the page: by its script, or as a plain form that leads back to the page, which tells what came of it. */
export async function payerForm(
  request: Request,
  token: string,
  act: (page: PayPage, ctx: Ctx) => Promise<FormAnswer>,
  { isOpen = false }: Pick<Terms, 'isOpen'> = {},
): Promise<Response> {
  const isForm = isOwnForm(request);
  return payerAct(
    request,
    token,
    async (page, ctx) => {
      const answer = await act(page, ctx);
      return isForm ? backTo(request, token, answer) : formJson(page, answer);
    },
    { isOurs: isForm ? isOwnForm : comesFromOurPage, isOpen },
  ).then((response) => (isForm && response.status >= 400 ? backTo(request, token, {}) : response));
}

function formJson(page: PayPage, { reason, answersLeft: count = 0, pass, to, error }: FormAnswer): Response {
  if (error) return refusalJson(page, error);
  return payJson({
    ...(reason && { text: translator(page.locale)(`verify.${reason}`, { count }) }),
    ...(pass && { pass }),
    ...(to && { to }),
  });
}

/** The page again, as it was reached or by what opens it now. */
function backTo(request: Request, token: string, { reason, pass, to }: FormAnswer): Response {
  const opening = pass ?? new URL(request.url).searchParams.get('p');
  const locale = chosenLocale(request);
  const query = new URLSearchParams({
    ...(locale && { l: locale }),
    ...(opening && { p: opening }),
    ...(reason && { again: reason }),
  });
  return new Response(null, {
    status: 303,
    headers: {
      location: to ?? `/pay/${token}${query.size > 0 ? `?${query}` : ''}`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  });
}

/** Why the page is shown again, as it stands in its address. */
export const reasonOf = (request: Asked): Reason | null => {
  const again = new URL(request.url).searchParams.get('again');
  return REASONS.find((one) => one === again) ?? null;
};

/** An act on one attempt of the link behind `token`; answers with how things stand after it. */
export const attemptAct = (
  request: Request,
  token: string,
  id: string,
  act: (ctx: Ctx, attempt: string) => Promise<unknown>,
): Promise<Response> =>
  payerAct(request, token, async (page, ctx) => {
    const attempt = attemptOf(page, id);
    if (!attempt) return payJson({ code: 'not_found' }, 404);
    await act(ctx, attempt.id);
    const after = await openToken(request, token);
    return after.kind === 'page' ? statusJson(after.page, attempt.id) : payJson({ code: 'not_found' }, 404);
  });
