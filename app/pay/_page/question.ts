import { MAX_ANSWERS, PASSCODE_DIGITS, PHONE_ENDING_DIGITS } from '@/core/challenge';
import type { Question } from '@/lib/pay-page';
import { type Html, html } from '../../_server/html';
import type { Reason } from '../../_server/pay';
import { maskedList, type View } from './view';

/** The page before all others of a link that asks first. It tells who asks and the words to check, and nothing else. */
export function questionBody(view: View, again: Reason | null): Html {
  const { page, t } = view;
  const { question, merchant, link } = page;
  if (!question) return html``;
  const values = { merchant: merchant.name };
  return html`<section class="card" aria-labelledby="title">
<h1 id="title">${t('state.verification.title')}</h1>
<p class="lead">${t('state.verification.lead', values)}</p>
<p class="soft">${t('page.phrase')}: <bdi class="phrase" lang="en">${link.phrase}</bdi><br>${t('page.phrase_help', values)}</p>
</section>
<section class="card">
${notice(view, question, again)}
${question.kind === 'passcode' ? passcode(view, question) : answerForm(view, question)}
</section>`;
}

function notice({ t }: View, { answersLeft }: Question, again: Reason | null): Html {
  // Of an address that was opened again nothing is said that is not so: no answer was wrong yet.
  const told = again === 'wrong' && answersLeft === MAX_ANSWERS ? null : again;
  const text = told && t(`verify.${told}`, { count: answersLeft });
  return html`<p class="notice" role="alert" id="notice"${!text && html` hidden`}>${text}</p>`;
}

const ENDING = html`inputmode="numeric" dir="ltr" autocomplete="off" maxlength="8" class="answer digits"`;

/** How each answer is typed, for the keyboards of telephones and for what they fill in by themselves. */
const FIELDS = {
  passcode: html`inputmode="numeric" dir="ltr" autocomplete="one-time-code" maxlength="12" class="answer digits"`,
  postcode: html`dir="auto" autocomplete="postal-code" autocapitalize="characters" maxlength="16" class="answer"`,
  phone_ending: ENDING,
  reference_phone_ending: ENDING,
} as const satisfies Record<Question['kind'], Html>;

function answerForm({ page, path, query, t }: View, { kind }: Question): Html {
  const merchant = page.merchant.name;
  const hint = kind !== 'passcode' && t(`verify.${kind}_hint`, { merchant });
  return html`<form method="post" action="${path}/verify${query}" data-wait="${t('verify.wait')}" data-empty="${t('verify.empty')}">
${
  kind === 'reference_phone_ending' &&
  html`<div class="field"><label for="reference">${t('verify.reference')}</label>
<input id="reference" name="reference" dir="auto" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="64" class="answer" required></div>`
}
<div class="field"><label for="answer">${t(`verify.${kind}`, { count: PHONE_ENDING_DIGITS })}</label>
<input id="answer" name="answer" ${FIELDS[kind]} required${hint && html` aria-describedby="hint"`}>
${hint && html`<p class="hint" id="hint">${hint}</p>`}</div>
<button class="main">${t('verify.button')}</button></form>`;
}

function passcode(view: View, question: Question): Html {
  const { page, t, contact } = view;
  const { hasPasscode, passcodesLeft, sentTo } = question;
  const to = maskedList(view, sentTo ? [sentTo] : []);
  const told = t(hasPasscode ? 'verify.passcode_sent' : 'verify.passcode_offer', {
    to,
    count: PASSCODE_DIGITS,
  });
  const canSend = passcodesLeft > 0;
  return html`${(hasPasscode || canSend) && html`<p class="lead ask" role="status">${told}</p>`}
${hasPasscode && answerForm(view, question)}
${canSend ? sendForm(view, hasPasscode) : html`<p class="soft">${t('verify.none_left', { merchant: page.merchant.name, contact })}</p>`}`;
}

const sendForm = ({ path, query, t }: View, isAnother: boolean): Html =>
  html`<form method="post" action="${path}/passcode${query}" data-wait="${t('verify.wait')}">
<button${!isAnother && html` class="main"`}>${t(isAnother ? 'verify.send_again' : 'verify.send')}</button></form>`;
