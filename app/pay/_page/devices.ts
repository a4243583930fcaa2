import { browserAddress, inAppOf } from '@/core/in-app';
import { type Html, html } from '../../_server/html';
import type { View } from './view';

/** The page's address as its message had it: what a right answer left behind stays on this device. */
export const plainAddress = ({ page, path }: Pick<View, 'page' | 'path'>): string => page.origin + path;

/** Inside an app: the way to the device's own browser. `userAgent` as the browser told it. */
export function inAppNotice(view: View, userAgent: string | null): Html | false {
  if (!inAppOf(userAgent)) return false;
  const { t } = view;
  const address = browserAddress(plainAddress(view), userAgent);
  return html`<aside class="notice no-print"><p class="lead">${t('page.in_app')}</p>
<p class="acts">${address && html`<a href="${address}">${t('page.open_browser')}</a>`}<button type="button" id="copy" data-address="${plainAddress(view)}" data-done="${t('page.copied')}" hidden>${t('page.copy')}</button></p></aside>`;
}

/** From a desk to the telephone: the address as a code, fetched once somebody opens it. */
export const onPhone = ({ t, path, query }: View): Html =>
  html`<details class="desk no-print"><summary>${t('page.on_phone')}</summary><p>${t('page.on_phone_body')}</p><p><img src="${path}/qr${query}" alt="${t('page.qr')}" width="180" height="180" loading="lazy"></p></details>`;
