import { brandName } from '@/core/card-rules';
import type { ReceiptEntry } from '@/lib/pay-page';
import { type Html, html } from '../../_server/html';
import { facts, momentOf, money, type View } from './view';

const TICK = html`<svg class="tick" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><circle cx="12" cy="12" r="10"/><path d="m7.5 12.5 3 3 6-6.5" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

/** Brand and last digits of the card behind an attempt, in words. */
function cardText({ page, t }: View, attemptId: string): string | null {
  const { brand, last4 } = page.attempts.find((one) => one.id === attemptId) ?? {};
  return brand && last4 ? t('state.paid.card_value', { brand: brandName(brand), last4 }) : null;
}

const isIn = ({ kind }: ReceiptEntry): boolean => kind === 'payment';

/** What was paid, as a receipt: the same link from now on. In parts where there were some; what was given back is told. */
export function receiptBody(view: View): Html {
  const { page, t } = view;
  const { link, merchant, entries, attempt } = page;
  const paid = money(view, link.capturedMinor);
  const isGivenBack = link.refundedMinor > 0 && link.refundedMinor >= link.capturedMinor;
  const whole = entries.filter(isIn).length === 1 ? entries.find(isIn) : undefined;
  const card = whole && cardText(view, whole.paymentAttemptId);
  const at = link.paidAt ?? whole?.at;
  const more = html`${at && html`<dt>${t('state.paid.date')}</dt><dd>${momentOf(view, at)}</dd>`}${
    card && html`<dt>${t('state.paid.card')}</dt><dd>${card}</dd>`
  }${givenBack(view)}<dt>${t('state.paid.number')}</dt><dd><bdi>${whole ? (attempt?.id ?? link.id) : link.id}</bdi></dd>`;
  const lead = isGivenBack ? 'state.paid.refunded_lead' : 'state.paid.lead';
  return html`<section class="card" aria-labelledby="title">
${!isGivenBack && TICK}
<h1 id="title">${t(isGivenBack ? 'state.paid.refunded_title' : 'state.paid.title')}</h1>
<p class="amount">${paid}</p>
<p class="lead">${t(lead, { merchant: merchant.name, amount: paid })}</p>
${facts(view, more)}
<p class="deadline soft">${t('state.paid.keep')}</p>
<button type="button" class="no-print" id="print" hidden>${t('state.paid.print')}</button>
</section>
${!whole && parts(view)}`;
}

const givenBack = (view: View): readonly Html[] =>
  view.page.entries
    .filter((entry) => !isIn(entry))
    .map(
      ({ amountMinor, at }) =>
        html`<dt>${view.t('state.paid.given_back')}</dt><dd>${money(view, amountMinor)}<br><span class="when">${momentOf(view, at)}</span></dd>`,
    );

/** Each payment of a link with its date and card, and what was given back; nothing where nothing was paid. */
export function parts(view: View): Html {
  const { page, t } = view;
  const payments = page.entries.filter(isIn);
  if (payments.length === 0) return html``;
  const isOver = page.state === 'paid';
  const rows = payments.map(({ amountMinor, at, paymentAttemptId }) => {
    const card = cardText(view, paymentAttemptId);
    return html`<dt>${momentOf(view, at)}${card && html`<br>${card}`}</dt><dd>${money(view, amountMinor)}</dd>`;
  });
  return html`<section class="card" aria-labelledby="parts"><h2 id="parts">${t(isOver ? 'state.paid.parts' : 'state.paid.so_far')}</h2>
<dl class="parts">${rows}${!isOver && givenBack(view)}</dl></section>`;
}
