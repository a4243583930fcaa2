import { isWritable, present, type Receipt, receiptOf } from '@/lib/receipts';
import { type Html, html } from '../../_server/html';
import { maskedList, type View } from './view';

const TICK = html`<svg class="tick" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><circle cx="12" cy="12" r="10"/><path d="m7.5 12.5 3 3 6-6.5" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

/** What was paid, as a receipt: the same link from now on. In parts where there were some; what was given back is told. */
export function receiptBody(view: View): Html {
  const { page, t } = view;
  const receipt = receiptOf(page);
  if (!receipt) throw new Error('what is paid has its receipt');
  const { isGivenBack, heading, amount, lead, facts, date, card, refunds, number } = receipt;
  return html`<section class="card" aria-labelledby="title">
${!isGivenBack && TICK}
<h1 id="title">${heading}</h1>
<p class="amount">${amount}</p>
<p class="lead">${lead}</p>
<dl>${present([...facts, date, card]).map(row)}${refundRows(refunds)}${row(number)}</dl>
<address class="soft">${[page.merchant.name, ...receipt.about].map((line) => html`<bdi>${line}</bdi><br>`)}</address>
<p class="deadline soft no-print">${t('state.paid.keep')}</p>
${acts(view, receipt)}
</section>
${items(receipt)}${!receipt.isWhole && payments(receipt)}`;
}

const row = ({ label, value }: { label: string; value: string }): Html =>
  html`<dt>${label}</dt><dd><bdi>${value}</bdi></dd>`;

const refundRows = (refunds: Receipt['refunds']): Html[] =>
  refunds.map(
    ({ label, value, at }) => html`<dt>${label}</dt><dd>${value}<br><span class="when">${at}</span></dd>`,
  );

/** Ways to keep it: printed, as a file, by e-mail. */
function acts(view: View, receipt: Receipt): Html {
  const { path, query, t, page } = view;
  const hasPdf = isWritable(receipt);
  return html`<div class="acts no-print">${page.state === 'paid' && html`<button type="button" id="print" hidden>${t('state.paid.print')}</button>`}${
    hasPdf && html`<a href="${path}/receipt.pdf${query}" download>${t('receipt.pdf')}</a>`
  }</div>${!hasPdf && html`<p class="soft no-print">${t('receipt.no_pdf')}</p>`}${mail(view)}`;
}

/** To the address on file, never to one that is typed: whoever holds the link may be somebody else. */
function mail(view: View): Html | false {
  const { path, query, t, page } = view;
  if (!page.receiptMail) return false;
  const { address, isSent } = page.receiptMail;
  const to = maskedList(view, [{ channel: 'email', address }]);
  if (isSent) return html`<p class="soft no-print">${t('receipt.sent', { to })}</p>`;
  return html`<form class="no-print" method="post" action="${path}/receipt-mail${query}">${page.state === 'paid' && html`<p class="notice" role="alert" id="notice" hidden></p>`}<button>${t('receipt.send', { to })}</button></form>`;
}

function items({ items: list }: Receipt): Html | false {
  if (!list) return false;
  const rows = list.rows.map(
    ({ description, detail, tax, amount }) =>
      html`<dt><bdi>${description}</bdi><br><span class="when">${detail}${tax && ` · ${tax}`}</span></dt><dd>${amount}</dd>`,
  );
  return html`<section class="card" aria-labelledby="items"><h2 id="items">${list.title}</h2>
<dl class="parts">${rows}</dl><dl class="parts deadline">${list.sums.map(row)}</dl></section>`;
}

/** Each payment of a link with its date and card; while it is not over, what was given back as well. */
function payments({ payments: { title, rows } }: Receipt, more: Html[] = [], end?: Html): Html {
  const list = rows.map(
    ({ at, card, amount }) => html`<dt>${at}${card && html`<br>${card}`}</dt><dd>${amount}</dd>`,
  );
  return html`<section class="card" aria-labelledby="parts"><h2 id="parts">${title}</h2>
<dl class="parts">${list}${more}</dl>${end}</section>`;
}

/** What was paid so far, and the ways to keep it; nothing where nothing was paid. */
export function parts(view: View): Html | false {
  const receipt = receiptOf(view.page);
  return receipt !== null && payments(receipt, refundRows(receipt.refunds), acts(view, receipt));
}
