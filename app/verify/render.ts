import { PHONE_ENDING_DIGITS } from '@/core/challenge';
import type { Locale } from '@/core/messages';
import type { Config } from '@/lib/context';
import type { Look } from '@/lib/contracts/branding';
import { translator } from '@/lib/i18n';
import { responseOf } from '../_server/front';
import { type Html, html } from '../_server/html';
import { payerDocument } from '../pay/_page/document';
import { footer, languages, letterhead } from '../pay/_page/render';

/** How a check stands: nothing entered yet, something missing, or what came of it. */
export type CheckState = 'ask' | 'empty' | 'genuine' | 'unknown' | 'throttled' | 'unavailable';

const STATUS: Record<CheckState, number> = {
  ask: 200,
  empty: 422,
  genuine: 200,
  unknown: 200,
  throttled: 429,
  unavailable: 503,
};

/** "Check this request": asks for a reference and the end of a telephone number, and says whether both belong to a request of ours. */
export function renderCheck(
  config: Config,
  origin: string,
  locale: Locale,
  state: CheckState,
  look: Look | null,
): Response {
  const t = translator(locale);
  const isTold = state === 'genuine' || state === 'unknown';
  const answer = payerDocument({
    status: STATUS[state],
    locale,
    title: t(isTold ? `check.${state}` : 'check.title'),
    body: html`<main data-state="${state}">${letterhead(origin, look)}
${isTold ? told(origin, locale, state) : form(locale, state)}${languages(locale)}${footer(look)}</main>`,
    ...(look && { look }),
    cardOrigin: config.cardUrl,
    withScript: false,
    withFrame: false,
    secure: config.portalUrl.startsWith('https:'),
    more: state === 'throttled' ? { 'retry-after': '600' } : {},
  });
  return responseOf(answer);
}

function told(origin: string, locale: Locale, state: 'genuine' | 'unknown'): Html {
  const t = translator(locale);
  return html`<section class="card"><h1>${t(`check.${state}`)}</h1>
<p class="lead">${t(`check.${state}_lead`, { address: `${origin}/pay/` })}</p>
<p><a href="/verify?l=${locale}">${t('check.again')}</a></p></section>`;
}

function form(locale: Locale, state: CheckState): Html {
  const t = translator(locale);
  const count = PHONE_ENDING_DIGITS;
  const notice = state !== 'ask' && t(`check.${state}` as 'check.empty', { count });
  return html`<form class="card" method="post" action="/verify?l=${locale}"><h1>${t('check.title')}</h1>
<p class="lead ask">${t('check.lead')}</p>
${notice && html`<p class="notice" role="alert">${notice}</p>`}
<div class="field"><label for="reference">${t('check.reference')}</label>
<input id="reference" name="reference" class="answer" dir="auto" autocomplete="off" maxlength="200" required aria-describedby="reference-hint">
<p class="hint" id="reference-hint">${t('check.reference_hint')}</p></div>
<div class="field"><label for="phone">${t('check.phone', { count })}</label>
<input id="phone" name="phone" class="answer digits" dir="ltr" inputmode="numeric" autocomplete="off" maxlength="8" required aria-describedby="phone-hint">
<p class="hint" id="phone-hint">${t('check.phone_hint')}</p></div>
<button class="main">${t('check.button')}</button></form>`;
}
