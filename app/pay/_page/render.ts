import type { Scheme } from '@/core/accent';
import { LOCALE_CODES, LOCALES, type Locale } from '@/core/messages';
import type { Config } from '@/lib/context';
import type { Look } from '@/lib/contracts/branding';
import { dateLocale, translator } from '@/lib/i18n';
import { attemptOf, attemptText, markOf, PAGE_STATUS, type PayPage } from '@/lib/pay-page';
import { type Answer, responseOf } from '../../_server/front';
import { type Html, html } from '../../_server/html';
import type { Reason } from '../../_server/pay';
import { inAppNotice, onPhone } from './devices';
import { payerDocument } from './document';
import { questionBody } from './question';
import { readyBody } from './ready';
import { receiptBody } from './receipt';
import { stateBody } from './states';
import { hasCardForm, queryOf, type View, viewOf } from './view';

/**
 * `again`: why the page is shown again. `returned`: the attempt that a bank's page has led back from. `userAgent`: as the
 * browser told it. `isSqueezed`: it takes the page compressed.
 */
export type Visit = {
  again: Reason | null;
  returned: string | null;
  userAgent: string | null;
  isSqueezed: boolean;
};

/** The page of a link in the state it is in, as a whole response. `token` is how it was reached. */
export function renderPayPage(config: Config, page: PayPage, token: string, visit: Visit): Answer {
  const view = viewOf(config, page, token);
  const body = frameOf(view, bodyOf(view, visit), visit);
  const foot = footOf(view);
  return payerDocument({
    status: PAGE_STATUS[page.state],
    locale: view.locale,
    title: view.look.name,
    // What opens this page stands in the foot's addresses then: it is no other page's, and not kept.
    ...(page.pass === null ? { body, foot } : { body: html`${body}${foot}` }),
    look: view.look,
    cardOrigin: config.cardUrl,
    withScript: true,
    withFrame: hasCardForm(page),
    secure: config.portalUrl.startsWith('https:'),
    leadsTo: page.state === 'challenge' ? config.challengeOrigins : [],
    isSqueezed: visit.isSqueezed,
    // Another tab has asked: without a script the page looks again by itself.
    more: page.details === 'under_way' ? { refresh: '2' } : {},
  });
}

/** The page as its payers would see it, for the desk's preview: nothing in it can be pressed. */
export function renderPreview(view: View, scheme: Scheme): Response {
  const visit = { again: null, returned: null, userAgent: null, isSqueezed: false };
  const answer = payerDocument({
    status: 200,
    locale: view.locale,
    title: view.look.name,
    body: frameOf(view, bodyOf(view, visit), visit),
    foot: footOf(view),
    look: view.look,
    preview: scheme,
    cardOrigin: view.config.cardUrl,
    withScript: false,
    withFrame: false,
    secure: view.config.portalUrl.startsWith('https:'),
  });
  return responseOf(answer);
}

/** What stands before every state, and its begin: test mode and who asks. */
function frameOf(view: View, body: Html, { userAgent }: Visit): Html {
  const { page, locale, t } = view;
  const { merchant } = page;
  return html`${!merchant.livemode && html`<aside class="test" aria-label="${t('page.test_mode')}">${t('page.test_mode')}</aside>`}
<main aria-label="${t('page.title')}" data-state="${page.state}" data-mark="${markOf(page)}" data-locale="${locale}" data-dates="${dateLocale(locale)}" data-problem="${t(page.state === 'verification' ? 'verify.problem' : 'page.problem')}" data-wait="${t('result.confirming')}" data-offline="${t('page.offline')}"${page.link.sessionId !== null && html` data-watched`}${view.isPreview && html` inert`}>
${letterhead(page.origin, view.look, { isLater: hasCardForm(page) && !view.isPreview })}
${page.state === 'ready' && inAppNotice(view, userAgent)}${body}
${page.state === 'ready' && !view.isPreview && onPhone(view)}`;
}

/** What stands below every state: who to turn to, and the languages. */
function footOf({ page, locale, t, contact, look }: View): Html {
  const merchant = page.merchant.name;
  return html`<div class="foot"><details class="no-print"><summary>${t('page.who')}</summary><p>${t('page.who_body', { merchant, contact })}</p>${checkLink(locale)}</details>
<details class="no-print"><summary>${t('page.accessible')}</summary><p>${t('page.accessible_body', { merchant, contact })}</p></details>
${languages(locale, page)}${footer(look)}</div>
</main>`;
}

/** Who asks, and on which address. `isLater`: the page's script fetches the logo, once the card form can be used. */
export function letterhead(origin: string, look: Look | null, { isLater = false } = {}): Html {
  const logo = look?.logo;
  const source = logo && (isLater ? html`data-src="${logo.src}"` : html`src="${logo.src}"`);
  return html`<header>${logo && html`<div class="logo"><img ${source} width="${logo.width}" height="${logo.height}" alt=""></div>`}${look && html`<p class="merchant"><bdi>${look.name}</bdi></p>`}<p class="domain">${new URL(origin).host}</p></header>`;
}

export const footer = (look: Look | null): Html =>
  html`${look?.footer && html`<footer class="soft">${look.footer}</footer>`}`;

/** The way to the page that tells whether a request is genuine. */
const checkLink = (locale: Locale): Html =>
  html`<p><a href="/verify?l=${locale}">${translator(locale)('check.title')}</a></p>`;

/** The languages the page can be read in, each named in itself; plain links, so that they need no script. */
export function languages(locale: Locale, page: Pick<PayPage, 'pass'> = { pass: null }): Html {
  const kept = page.pass === null ? listed.get(locale) : undefined;
  if (kept) return kept;
  const items = LOCALE_CODES.map((code) =>
    code === locale
      ? html`<li><b lang="${code}" aria-current="true">${LOCALES[code]}</b></li>`
      : html`<li><a href="${queryOf(page, code)}" lang="${code}" hreflang="${code}">${LOCALES[code]}</a></li>`,
  );
  const list = html`<nav class="no-print" id="languages" aria-label="${translator(locale)('page.language')}"><ul>${items}</ul></nav>`;
  if (page.pass === null) listed.set(locale, list);
  return list;
}
const listed = new Map<Locale, Html>();

function bodyOf(view: View, { again, returned }: Visit): Html {
  switch (view.page.state) {
    case 'verification':
      return questionBody(view, again);
    case 'ready':
      return readyBody(view, endedText(view, returned));
    case 'paid':
      return receiptBody(view);
    default:
      return stateBody(view);
  }
}

/** How the attempt ended that somebody comes back from. */
function endedText({ page, t }: View, returned: string | null): string | null {
  const attempt = attemptOf(page, returned);
  const key = attempt && attemptText(attempt);
  return key && t(key, { merchant: page.merchant.name });
}

type Bare = 'invalid' | 'throttled' | 'unavailable';
const BARE: Record<Bare, { status: number; more: Record<string, string> }> = {
  invalid: { status: 404, more: {} },
  throttled: { status: 429, more: { 'retry-after': '60' } },
  // Without a script the page still looks again by itself: the payer may have paid a moment ago.
  unavailable: { status: 503, more: { 'retry-after': '10', refresh: '5' } },
};

/** Pages without a link: not valid, too many tries, not available. Nothing of any merchant is told. */
export function renderBarePage(config: Config, locale: Locale, state: Bare, isSqueezed = false): Answer {
  const t = translator(locale);
  return payerDocument({
    ...BARE[state],
    locale,
    title: t(`state.${state}.title`),
    body: html`<main data-state="${state}"><section class="card"><h1>${t(`state.${state}.title`)}</h1><p class="lead">${t(`state.${state}.lead`)}</p>${state === 'invalid' && checkLink(locale)}</section>${languages(locale)}</main>`,
    cardOrigin: config.cardUrl,
    withScript: false,
    withFrame: false,
    secure: config.portalUrl.startsWith('https:'),
    isSqueezed,
  });
}
