import { CATALOGUES, directionOf, type Locale } from '@/core/messages';
import { FORM_STYLES } from './styles';
import { FRAME_TEXTS } from './texts';

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

type Field = { id: string; label: string; hint?: string; attributes: string; beside?: string };

function fieldHtml({ id, label, hint, attributes, beside = '' }: Field): string {
  const described = `${hint ? `${id}-hint ` : ''}${id}-error`;
  return `<div class="field"><div class="head"><label for="${id}">${escapeHtml(label)}</label>${beside}</div><input id="${id}" name="${id}" required aria-describedby="${described}" ${attributes}>${
    hint ? `<p class="hint" id="${id}-hint">${escapeHtml(hint)}</p>` : ''
  }<p class="error" id="${id}-error"></p></div>`;
}

const CARD_MARK =
  '<svg viewBox="0 0 28 20" width="28" height="20" aria-hidden="true"><rect x=".75" y=".75" width="26.5" height="18.5" rx="3.25"/><path d="M1 6.5h26M5 13.5h6"/></svg>';
const PADLOCK =
  '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><rect x="3" y="7" width="10" height="7" rx="1.5"/><path d="M5.25 7V5a2.75 2.75 0 0 1 5.5 0v2"/></svg>';
const TICK =
  '<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="M5 12.5l4.5 4.5L19 7.5"/></svg>';

/** The card form as one self-contained document in `locale`. Static: it knows no payment, no ticket and no person. */
export function formPage(locale: Locale, script: string): string {
  const t = CATALOGUES[locale];
  const numeric = 'inputmode="numeric" dir="ltr" autocorrect="off" spellcheck="false"';
  const number = fieldHtml({
    id: 'number',
    label: t['frame.number'],
    attributes: `autocomplete="cc-number" ${numeric}`,
    beside: `<span id="brand"><output id="brand-name" for="number"></output>${CARD_MARK}</span>`,
  });
  const expiry = fieldHtml({
    id: 'expiry',
    label: t['frame.expiry'],
    hint: t['frame.expiry_hint'],
    attributes: `autocomplete="cc-exp" maxlength="12" ${numeric}`,
  });
  const csc = fieldHtml({
    id: 'csc',
    label: t['frame.csc'],
    hint: t['frame.csc_help'],
    attributes: `autocomplete="cc-csc" maxlength="4" ${numeric}`,
  });
  const name = fieldHtml({
    id: 'name',
    label: t['frame.name'],
    attributes: 'autocomplete="cc-name" autocapitalize="words" dir="auto" maxlength="60" spellcheck="false"',
  });
  const texts = JSON.stringify(Object.fromEntries(FRAME_TEXTS.map((key) => [key, t[key]])));
  return [
    `<!doctype html><html lang="${locale}" dir="${directionOf(locale)}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(t['page.frame_title'])}</title><style>${FORM_STYLES}</style></head><body><main id="card" aria-label="${escapeHtml(t['page.frame_title'])}">`,
    `<form id="form" novalidate>${number}<div class="pair">${expiry}${csc}</div>${name}`,
    `<p id="notice" role="alert" tabindex="-1"></p><button id="pay" type="submit" disabled>${PADLOCK}<span id="label">${escapeHtml(t['frame.pay'])}</span></button></form>`,
    `<section id="bank" hidden><p>${escapeHtml(t['frame.checking'])}</p><p class="whole"><a id="whole" target="_top" rel="noreferrer">${escapeHtml(t['frame.challenge_whole'])}</a></p></section>`,
    `<p id="done" tabindex="-1" hidden>${TICK}${escapeHtml(t['frame.done'])}</p><p id="said" role="status"></p></main>`,
    `<script type="application/json" id="texts">${texts.replaceAll('<', '\\u003c')}</script><script>${script}</script></body></html>`,
  ].join('');
}
