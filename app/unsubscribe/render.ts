import { lookOf } from '@/lib/branding';
import { translator } from '@/lib/i18n';
import type { Subscription } from '@/lib/opt-outs';
import { responseOf } from '../_server/front';
import { html } from '../_server/html';
import { chosenLocale, originAt } from '../_server/pay';
import { services } from '../_server/services';
import { payerDocument } from '../pay/_page/document';
import { footer, languages, letterhead } from '../pay/_page/render';
import { masked } from '../pay/_page/view';

/** Whether reminders go to a mailbox, with the one button that changes it. */
export function renderSubscription(
  request: Request,
  { merchant, message, isOut, ...found }: Subscription,
  token: string,
  status = 200,
): Response {
  const { config } = services();
  const locale = chosenLocale(request) ?? found.locale;
  const t = translator(locale);
  const state = isOut ? 'stopped' : 'ask';
  const act = isOut ? 'again' : 'stop';
  const title = t(`unsubscribe.${state}`);
  const look = lookOf(merchant);
  const values = { merchant: merchant.name, address: masked(message.recipient) };
  const answer = payerDocument({
    status,
    locale,
    title,
    body: html`<main data-state="${state}">${letterhead(originAt(request), look)}
<form class="card" method="post" action="/unsubscribe/${token}?l=${locale}"><h1>${title}</h1>
<p class="lead ask">${t(`unsubscribe.${state}_lead`, values)}</p>
<button name="act" value="${act}"${!isOut && html` class="main"`}>${t(`unsubscribe.${act}`)}</button></form>
${languages(locale)}${footer(look)}</main>`,
    look,
    cardOrigin: config.cardUrl,
    withScript: false,
    withFrame: false,
    secure: config.portalUrl.startsWith('https:'),
  });
  return responseOf(answer);
}
