import type { MessageKey } from '@/core/messages';
import { nextPayment } from '@/core/payment-link';
import type { SentTo } from '@/lib/pay-page';
import { type Html, html } from '../../_server/html';
import { parts } from './receipt';
import { deadlineOf, facts, maskedList, money, type View } from './view';

const BUSY: readonly string[] = ['processing', 'challenge', 'confirming'];

/** A state told in a title and a sentence, with a turning ring where something is still under way. */
export function stateBody(view: View): Html {
  const { page, t } = view;
  return html`<section class="card" aria-labelledby="title">
${BUSY.includes(page.state) && html`<div class="spin" aria-hidden="true"></div>`}
<h1 id="title">${t(titleOf(view))}</h1>
${underWay(view)}
<p class="lead" role="status">${lead(view)}</p>
${facts(view, balance(view))}
${page.state === 'expired' && askBlock(view)}
${page.state === 'challenge' && page.live && bankCheck(view)}
</section>
${parts(view)}`;
}

/** The amount of the payment that is under way: which one it is that must not be made again. */
const underWay = (view: View): Html | false => {
  const { attempt, state } = view.page;
  return (
    BUSY.includes(state) &&
    attempt !== null &&
    html`<p class="amount">${money(view, attempt.amountMinor)}</p>`
  );
};

const titleOf = ({ page }: View): MessageKey =>
  page.state === 'authorized' && page.link.access === 'canceled'
    ? 'state.canceled.title'
    : (`state.${page.state}.title` as MessageKey);

/** What is left of a total of which a part is paid. */
function balance(view: View): Html | false {
  const { link, state } = view.page;
  const rest = state === 'replaced' || link.capturedMinor === 0 ? null : nextPayment(link);
  return rest !== null && html`<dt>${view.t('amount.remaining')}</dt><dd>${money(view, rest.maxMinor)}</dd>`;
}

function lead(view: View): string {
  const { page, t, contact } = view;
  const { link, state } = page;
  const values = { merchant: page.merchant.name, contact, deadline: deadlineOf(view) };
  if (state === 'authorized') {
    const key = link.access === 'canceled' ? 'state.authorized.canceled' : 'state.authorized.lead';
    return t(key, { ...values, amount: money(view, link.heldMinor) });
  }
  if (state === 'replaced' && page.sentTo.length > 0)
    return t('state.replaced.sent', { ...values, to: maskedList(view, page.sentTo) });
  if (state === 'processing' && page.attempt?.channel === 'moto')
    return t('state.processing.telephone', values);
  const told = t(`state.${state}.lead` as MessageKey, values);
  return state === 'expired' && page.isShown && link.capturedMinor === 0
    ? `${told} ${t('page.nothing_charged')}`
    : told;
}

/** At the bank, perhaps in a window that is gone: to go on here, or to stop it and pay anew. */
const bankCheck = ({ path, query, t }: View): Html =>
  html`<p class="notice" role="alert" id="notice" hidden></p>
<form method="post" action="${path}/bank-check${query}"><button class="main">${t('challenge.continue')}</button></form>
<form method="post" action="${path}/take-over${query}"><p class="deadline">${t('challenge.stop_hint')}</p><button>${t('challenge.stop')}</button></form>`;

/** Where a new link can be asked for: by the page's own button, which works without script too. */
function askBlock(view: View): Html {
  const { page, t, contact, path, query } = view;
  const { asking, link } = page;
  const merchant = page.merchant.name;
  if (!asking || asking.kind === 'closed')
    return html`<p class="deadline">${t('ask.contact', { merchant, contact })}</p>`;
  const sentTo = asking.channels.map((channel): SentTo => {
    const address = channel === 'email' ? link.customerEmail : link.customerPhone;
    return { channel, address: address ?? '' };
  });
  const to = maskedList(view, sentTo);
  if (asking.kind === 'pending')
    return html`<p class="deadline" role="status">${t('ask.pending', { merchant, to })}</p>`;
  return html`<form method="post" action="${path}/request-link${query}">
<p class="deadline">${t(asking.needsApproval ? 'ask.offer_approval' : 'ask.offer', { merchant, to })}</p>
<p class="notice" role="alert" id="notice" hidden></p>
<button class="main">${t('ask.button')}</button></form>`;
}
