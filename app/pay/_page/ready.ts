import { randomUUID } from 'node:crypto';
import { facesOf, packFaces } from '@/core/accent';
import { minutesAhead } from '@/core/days';
import { toLocalDecimal } from '@/core/money';
import { ceilingOf, nextPayment } from '@/core/payment-link';
import { type Html, html } from '../../_server/html';
import { parts } from './receipt';
import { deadlineOf, facts, graceText, hasCardForm, money, timeLeft, type View } from './view';

/**
 * The page that can be paid: what for, how much, until when, and the card form in its frame, or Continue before it. `ended`: how
 * a try went that somebody comes back from.
 */
export function readyBody(view: View, ended: string | null): Html {
  const { page, t } = view;
  return html`<section class="card" aria-labelledby="ask">
<h1 class="soft" id="ask">${t('page.title')}</h1>
${asked(view)}
${facts(view)}
${deadline(view)}
<p class="soft">${t('page.phrase')}: <bdi class="phrase" lang="en">${page.link.phrase}</bdi><br>${t('page.phrase_help', { merchant: page.merchant.name })}</p>
</section>
${parts(view)}
${view.isPreview ? drawnForm(view) : hasCardForm(page) ? cardSection(view, ended) : detailsSection(view)}`;
}

/** Before the card form: asks for the details at the merchant's. A form, so that it needs no script and no GET begins it. */
function detailsSection({ page, path, query, t }: View): Html {
  const merchant = page.merchant.name;
  if (page.details === 'under_way')
    return html`<section class="card"><div class="spin" aria-hidden="true"></div><p class="lead" role="status">${t('details.under_way', { merchant })}</p></section>`;
  return html`<form class="card" method="post" action="${path}/continue${query}" data-wait="${t('details.under_way', { merchant })}">
<p class="lead">${t('details.offer', { merchant })}</p>
<p class="notice" role="alert" id="notice" hidden></p>
<button class="main">${t('details.button')}</button></form>`;
}

/** What is asked for: the amount, the rest of it, or that the payer says how much. */
function asked({ page, t, amount, locale }: View): Html {
  const { link } = page;
  if (link.amountType === 'open') return html`<p class="amount words">${t('amount.choose')}</p>`;
  if (link.capturedMinor === 0) return html`<p class="amount">${amount}</p>`;
  const paid = money({ page, locale }, link.capturedMinor);
  const total = money({ page, locale }, ceilingOf(link));
  return html`<p class="label">${t('amount.remaining')}</p>
<p class="amount">${amount}</p>
<p class="soft">${t('amount.paid_of', { paid, total })}</p>`;
}

function deadline(view: View): Html {
  const { page, locale, t } = view;
  const { customerTimeZone, expiresAt } = page.link;
  const ahead = !customerTimeZone && html` data-ahead="${minutesAhead(expiresAt, page.merchant.timeZone)}"`;
  return html`<p class="deadline"><b><time datetime="${expiresAt.toISOString()}"${ahead} data-text="${t('page.pay_by', { deadline: '%' })}">${t('page.pay_by', { deadline: deadlineOf(view) })}</time></b> <span class="soft" id="left">${timeLeft(page, locale)}</span> <a class="soft no-print" href="${view.path}/deadline.ics${view.query}">${t('page.calendar')}</a></p>`;
}

function cardSection(view: View, ended: string | null): Html {
  const { page, config, look, locale, t, amount } = view;
  const { link } = page;
  const merchant = page.merchant.name;
  const nonce = randomUUID();
  const colours = look.accent ? `.${packFaces(facesOf(look.accent))}` : '';
  const source = `${config.cardUrl}/form?o=${encodeURIComponent(page.origin)}&l=${locale}#${nonce}${colours}`;
  const grace = graceText(page, locale);
  return html`<section class="card" aria-labelledby="card-title">
<h2 id="card-title">${t('page.card_title')}</h2>
${page.details === 'failed' && html`<p class="notice" role="status">${t(link.amountMinor === null ? 'details.failed_open' : 'details.failed', { merchant })}</p>`}
${ended && html`<p class="notice" role="alert" id="ended">${ended}</p>`}
<p class="notice" role="alert" id="notice" hidden></p>
<noscript><p class="notice">${t('page.script_off', { merchant })}</p></noscript>
${amountField(view)}
<iframe id="card-frame" src="${source}" title="${t('page.frame_title')}" allow="payment ${config.cardUrl}" referrerpolicy="no-referrer" data-origin="${config.cardUrl}" data-nonce="${nonce}" data-pay="${t('page.pay', { amount })}" data-slow="${t('page.frame_slow')}"></iframe>
<p class="soft" id="grace" role="status"${!grace && html` hidden`}>${grace}</p>
<p class="soft">${t('page.secure', { merchant })}</p>
</section>`;
}

/** The card form as it looks, for a preview. */
function drawnForm({ t, amount, page }: View): Html {
  const field = (name: 'number' | 'expiry' | 'csc' | 'name'): Html =>
    html`<div class="field"><label for="${name}">${t(`frame.${name}`)}</label><input id="${name}" class="answer" readonly></div>`;
  return html`<section class="card" aria-labelledby="card-title"><h2 id="card-title">${t('page.card_title')}</h2>
${field('number')}<div class="pair">${field('expiry')}${field('csc')}</div>${field('name')}
<button type="button" class="main">${t('page.pay', { amount })}</button>
<p class="soft">${t('page.secure', { merchant: page.merchant.name })}</p></section>`;
}

/** The field for what is paid now, where the link leaves a choice: the rest or the suggestion stands in it. */
function amountField(view: View): Html {
  const { page, locale, t } = view;
  const { link } = page;
  const range = nextPayment(link);
  if (!range || range.minMinor === range.maxMinor) return html``;
  const { currency } = link;
  const [min, max] = [money(view, range.minMinor), money(view, range.maxMinor)];
  const start = link.amountType === 'open' ? link.amountMinor : range.maxMinor;
  const sample = toLocalDecimal({ amountMinor: start ?? range.minMinor, currency }, locale);
  const value = start === null ? '' : sample;
  const like =
    start === null && range.minMinor === 1 ? toLocalDecimal({ amountMinor: 2500, currency }, locale) : sample;
  return html`<div class="field"><label for="amount">${t('amount.label')}</label>
<div class="money"><input id="amount" inputmode="decimal" dir="ltr" autocomplete="off" maxlength="24" value="${value}" aria-describedby="amount-error amount-hint" data-currency="${currency}" data-min="${range.minMinor}" data-max="${range.maxMinor}" data-pay="${t('page.pay', { amount: '%' })}" data-bare="${t('frame.pay')}" data-check="${t('amount.check')}" data-wrong="${t('amount.error', { sample: like })}" data-low="${t('amount.error_min', { min })}" data-high="${t('amount.error_max', { max })}"><span aria-hidden="true">${currency}</span></div>
<p class="error" id="amount-error" aria-live="polite"></p>
<p class="hint" id="amount-hint">${rangeText(view, min, max, like)}</p></div>`;
}

function rangeText({ page, t }: View, min: string, max: string, sample: string): string {
  const { minAmountMinor, maxAmountMinor, currency, amountType } = page.link;
  const hasMost = amountType === 'partial' || maxAmountMinor !== null;
  if (minAmountMinor !== null) return t(hasMost ? 'amount.between' : 'amount.at_least', { min, max });
  return hasMost ? t('amount.up_to', { max }) : t('amount.like', { currency, sample });
}
