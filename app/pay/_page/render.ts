import { randomBytes } from 'node:crypto';
import { brandName } from '@/core/card-rules';
import { asLocale, type Locale, type MessageKey } from '@/core/messages';
import { formatMoney } from '@/core/money';
import type { Config } from '@/lib/context';
import { dateLocale, formatDeadline, type Translate, translator } from '@/lib/i18n';
import { PAGE_STATUS, type PayPage } from '@/lib/pay-page';
import { payerDocument } from './document';
import { type Html, html } from './html';

type View = { page: PayPage; config: Config; locale: Locale; t: Translate; amount: string; contact: string };

/** The page of a link in the state it is in, as a whole response. */
export function renderPayPage(config: Config, page: PayPage): Response {
  const { link, merchant, state } = page;
  const locale = asLocale(link.locale) ?? 'en';
  const t = translator(locale);
  const view: View = {
    page,
    config,
    locale,
    t,
    amount: formatMoney(
      { amountMinor: link.amountMinor - link.capturedMinor, currency: link.currency },
      locale,
    ),
    contact: [merchant.contactPhone, merchant.contactEmail].filter(Boolean).join(' · '),
  };
  const live = state === 'ready' || state === 'processing' || state === 'challenge' || state === 'confirming';
  return payerDocument({
    status: PAGE_STATUS[state],
    locale,
    title: merchant.name,
    body: frameOf(view, bodyOf(view)),
    cardOrigin: config.cardUrl,
    withScript: live || state === 'paid',
    withFrame: state === 'ready',
    secure: config.portalUrl.startsWith('https:'),
  });
}

/** What stands around every state: test mode, who asks, and who to turn to. */
function frameOf({ page, config, locale, t, contact }: View, body: Html): Html {
  const { merchant } = page;
  return html`${!merchant.livemode && html`<aside class="test" aria-label="${t('page.test_mode')}">${t('page.test_mode')}</aside>`}
<main aria-label="${t('page.title')}" data-state="${page.state}" data-dates="${dateLocale(locale)}" data-problem="${t('page.problem')}" data-wait="${t('result.confirming')}">
<header><p class="merchant">${merchant.name}</p><p class="domain">${new URL(config.portalUrl).host}</p></header>
${body}
<details class="no-print"><summary>${t('page.who')}</summary><p>${t('page.who_body', { merchant: merchant.name, contact })}</p></details>
</main>`;
}

function bodyOf(view: View): Html {
  switch (view.page.state) {
    case 'ready':
      return readyBody(view);
    case 'paid':
      return receiptBody(view);
    case 'processing':
    case 'challenge':
    case 'confirming':
      return stateBody(view, { busy: true });
    default:
      return stateBody(view, { busy: false });
  }
}

function facts({ page, t }: View): Html {
  const { description, reference } = page.link;
  if (!description && !reference) return html``;
  return html`<dl>${description && html`<dt>${t('page.for')}</dt><dd>${description}</dd>`}${
    reference && html`<dt>${t('page.reference')}</dt><dd>${reference}</dd>`
  }</dl>`;
}

const zoneOf = ({ link, merchant }: PayPage): string => link.customerTimeZone ?? merchant.timeZone;

/** "in 2 days", "in 5 hours", "in 12 minutes". */
function timeLeft({ link }: PayPage, locale: Locale): string {
  const minutes = Math.max(0, Math.floor((link.expiresAt.getTime() - link.now.getTime()) / 60_000));
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  if (minutes >= 48 * 60) return format.format(Math.floor(minutes / (24 * 60)), 'day');
  return minutes >= 120 ? format.format(Math.floor(minutes / 60), 'hour') : format.format(minutes, 'minute');
}

function deadline(view: View): Html {
  const { page, locale, t } = view;
  const at = formatDeadline(page.link.expiresAt, locale, zoneOf(page));
  const known = page.link.customerTimeZone ? 'yes' : 'no';
  return html`<p class="deadline"><b><time datetime="${page.link.expiresAt.toISOString()}" data-zone-known="${known}" data-text="${t('page.pay_by', { deadline: '%' })}">${t('page.pay_by', { deadline: at })}</time></b> <span class="soft">${timeLeft(page, locale)}</span></p>`;
}

function readyBody(view: View): Html {
  const { page, config, locale, t, amount } = view;
  const { merchant, link } = page;
  const nonce = randomBytes(18).toString('base64url');
  const source = `${config.cardUrl}/form?o=${encodeURIComponent(config.portalUrl)}&l=${locale}#${nonce}`;
  return html`<section class="card" aria-labelledby="ask">
<h1 class="soft" id="ask">${t('page.title')}</h1>
<p class="amount">${amount}</p>
${facts(view)}
${deadline(view)}
<p class="soft">${t('page.phrase')}: <span class="phrase">${link.phrase}</span><br>${t('page.phrase_help', { merchant: merchant.name })}</p>
</section>
<section class="card" aria-labelledby="card-title">
<h2 id="card-title">${t('page.card_title')}</h2>
<p class="notice" role="alert" id="notice" hidden></p>
<noscript><p class="notice">${t('page.script_off', { merchant: merchant.name })}</p></noscript>
<iframe id="card-frame" src="${source}" title="${t('page.frame_title')}" allow="payment ${config.cardUrl}" referrerpolicy="no-referrer" data-origin="${config.cardUrl}" data-nonce="${nonce}" data-pay="${t('page.pay', { amount })}" data-slow="${t('page.frame_slow')}"></iframe>
<p class="soft">${t('page.secure', { merchant: merchant.name })}</p>
</section>`;
}

function receiptBody(view: View): Html {
  const { page, locale, t } = view;
  const { link, merchant, attempt } = page;
  const paid = formatMoney({ amountMinor: link.capturedMinor, currency: link.currency }, locale);
  const at = link.paidAt && formatDeadline(link.paidAt, locale, zoneOf(page));
  const card =
    attempt?.brand && attempt.last4
      ? t('state.paid.card_value', { brand: brandName(attempt.brand), last4: attempt.last4 })
      : null;
  return html`<section class="card" aria-labelledby="title">
<svg class="tick" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><circle cx="12" cy="12" r="10"/><path d="m7.5 12.5 3 3 6-6.5" stroke-linecap="round" stroke-linejoin="round"/></svg>
<h1 id="title">${t('state.paid.title')}</h1>
<p class="amount">${paid}</p>
<p class="lead">${t('state.paid.lead', { merchant: merchant.name, amount: paid })}</p>
<dl>${link.description && html`<dt>${t('page.for')}</dt><dd>${link.description}</dd>`}${
    link.reference && html`<dt>${t('page.reference')}</dt><dd>${link.reference}</dd>`
  }${at && html`<dt>${t('state.paid.date')}</dt><dd>${at}</dd>`}${
    card && html`<dt>${t('state.paid.card')}</dt><dd>${card}</dd>`
  }<dt>${t('state.paid.number')}</dt><dd>${attempt?.id ?? link.id}</dd></dl>
<p class="deadline soft">${t('state.paid.keep')}</p>
<button type="button" class="no-print" id="print" hidden>${t('state.paid.print')}</button>
</section>`;
}

/** A state told in a title and a sentence, with a turning ring where something is still under way. */
function stateBody(view: View, { busy }: { busy: boolean }): Html {
  const { page, locale, t, contact } = view;
  const values = {
    merchant: page.merchant.name,
    contact,
    deadline: formatDeadline(page.link.expiresAt, locale, zoneOf(page)),
  };
  const key = page.state;
  return html`<section class="card" aria-labelledby="title">
${busy && html`<div class="spin" aria-hidden="true"></div>`}
<h1 id="title">${t(`state.${key}.title` as MessageKey)}</h1>
<p class="lead" role="status">${t(`state.${key}.lead` as MessageKey, values)}</p>
${facts(view)}
</section>`;
}

/** Pages without a link: not valid, too many tries, not available. Nothing of any merchant is told. */
export function renderBarePage(
  config: Config,
  locale: Locale,
  state: 'invalid' | 'throttled' | 'unavailable',
): Response {
  const t = translator(locale);
  const status = { invalid: 404, throttled: 429, unavailable: 503 }[state];
  const response = payerDocument({
    status,
    locale,
    title: t(`state.${state}.title`),
    body: html`<main data-state="${state}"><section class="card"><h1>${t(`state.${state}.title`)}</h1><p class="lead">${t(`state.${state}.lead`)}</p></section></main>`,
    cardOrigin: config.cardUrl,
    withScript: false,
    withFrame: false,
    secure: config.portalUrl.startsWith('https:'),
  });
  if (state !== 'invalid') response.headers.set('retry-after', state === 'throttled' ? '60' : '10');
  return response;
}
