import { asksForPhone } from '@/core/challenge';
import type { Locale } from '@/core/messages';
import { formatMoney } from '@/core/money';
import { GRACE_SECONDS } from '@/core/payment-attempt';
import { askedMinor } from '@/core/payment-link';
import { lookOf } from '@/lib/branding';
import type { Config } from '@/lib/context';
import type { Look } from '@/lib/contracts/branding';
import {
  amountInWords,
  eitherOf,
  formatDeadline,
  formatMoment,
  formatTime,
  type Translate,
  translator,
} from '@/lib/i18n';
import { ownLocale, type PayPage, type SentTo } from '@/lib/pay-page';
import { type Html, html } from '../../_server/html';

/** All that the parts of a page need. `path` is the page's own, the link token in it; `query` keeps a chosen language, and what opens it. */
export type View = {
  page: PayPage;
  config: Config;
  look: Look;
  /** In a preview nothing can be paid: what stands in the frame of the card form is drawn. */
  isPreview?: boolean;
  path: string;
  query: string;
  locale: Locale;
  t: Translate;
  /** What is still asked for, in words. */
  amount: string;
  contact: string;
};

/** A telephone number stays on one line. */
const NO_BREAK = '\u00a0';

export function viewOf(config: Config, page: PayPage, token: string): View {
  const { link, merchant, locale } = page;
  return {
    page,
    config,
    look: lookOf(merchant),
    path: `/pay/${token}`,
    query: queryOf(page, locale === ownLocale(link) ? null : locale),
    locale,
    t: translator(locale),
    amount: amountInWords({ amountMinor: askedMinor(link), currency: link.currency }, locale),
    contact: eitherOf(
      [merchant.contactPhone?.replaceAll(' ', NO_BREAK) ?? '', merchant.contactEmail].filter(Boolean),
      locale,
    ),
  };
}

/** What stands behind the address of a page: the language chosen, and what opens it. */
export function queryOf({ pass }: Pick<PayPage, 'pass'>, locale: Locale | null): string {
  const query = new URLSearchParams({ ...(locale && { l: locale }), ...(pass && { p: pass }) });
  return query.size > 0 ? `?${query}` : '';
}

/** True where the page holds the card form: it can be paid, and no details are to be fetched first. */
export const hasCardForm = ({ state, details }: PayPage): boolean =>
  state === 'ready' && (details === null || details === 'failed');

export const money = ({ page, locale }: Pick<View, 'page' | 'locale'>, amountMinor: number): string =>
  formatMoney({ amountMinor, currency: page.link.currency }, locale);

const zoneOf = ({ link, merchant }: PayPage): string => link.customerTimeZone ?? merchant.timeZone;

export const deadlineOf = ({ page, locale }: View): string =>
  formatDeadline(page.link.expiresAt, locale, zoneOf(page));

export const momentOf = ({ page, locale }: View, at: Date): string => formatMoment(at, locale, zoneOf(page));

/** "2 days left", "47 hours left", "12 minutes left": cut down, never rounded up. Nothing once it is over. */
export function timeLeft({ link }: PayPage, locale: Locale): string {
  const minutes = Math.floor((link.expiresAt.getTime() - link.now.getTime()) / 60_000);
  const t = translator(locale);
  if (minutes < 0) return '';
  if (minutes >= 48 * 60) return t('page.days_left', { count: Math.floor(minutes / (24 * 60)) });
  if (minutes >= 120) return t('page.hours_left', { count: Math.floor(minutes / 60) });
  return t('page.minutes_left', { count: minutes });
}

/** Near the end: that a payment begun now may finish after it. After it: until when. Else nothing. */
export function graceText(page: PayPage, locale: Locale): string {
  const { expiresAt, now } = page.link;
  const t = translator(locale);
  if (now >= expiresAt) {
    const until = new Date(expiresAt.getTime() + GRACE_SECONDS * 1000);
    return t('page.grace_until', { time: formatTime(until, locale, zoneOf(page)) });
  }
  return expiresAt.getTime() - now.getTime() <= GRACE_SECONDS * 1000 ? t('page.grace') : '';
}

/** What it is for and under which reference; nothing while a question stands before it. */
export function facts({ page, t }: View, more: Html | false = false): Html {
  if (!page.isShown) return html``;
  const { description, reference } = page.link;
  if (!description && !reference && !more) return html``;
  return html`<dl>${description && html`<dt>${t('page.for')}</dt><dd><bdi>${description}</bdi></dd>`}${
    reference && html`<dt>${t('page.reference')}</dt><dd><bdi>${reference}</bdi></dd>`
  }${more}</dl>`;
}

/** "a•••@e•••.com": enough to know one's own mailbox by, not enough to write to it. */
export const masked = (email: string): string =>
  email.replace(
    /^(.)[^@]*@(.).*?(\.[^.]+)?$/u,
    (_, name, domain, end) => `${name}•••@${domain}•••${end ?? ''}`,
  );

/** Addresses in words and masked: whoever holds an old link may not be its customer. A page that asks for digits shows none. */
export function maskedList({ t, locale, page }: View, sentTo: readonly SentTo[]): string {
  const hidesPhone = !page.isShown && asksForPhone(page.link.challenge);
  const words = sentTo.map(({ channel, address }) => {
    if (channel === 'email') return t('ask.email', { address: masked(address) });
    return hidesPhone ? t('ask.phone_on_file') : t('ask.phone', { digits: address.slice(-3) });
  });
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(words);
}
