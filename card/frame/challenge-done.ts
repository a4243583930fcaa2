import { CATALOGUES, directionOf, type Locale } from '@/core/messages';

/**
 * Where the bank's page ends. Inside the card form, which is of this very origin, it tells the form that the check is over;
 * where it fills the window it leads back to the pay page.
 */
export const CHALLENGE_DONE_SCRIPT =
  "parent!==window?parent.postMessage({counterfoil:'challenge_done'},location.origin):document.links[0]&&location.replace(document.links[0].href)";

/** `back`: the way back to the pay page, where it is known. An address of ours alone: it stands in the page as it is. */
export const challengeDonePage = (locale: Locale, back: string | null): string =>
  `<!doctype html><html lang="${locale}" dir="${directionOf(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>${CATALOGUES[locale]['frame.challenge_title']}</title></head><body>${
    back ? `<p><a href="${back}">${CATALOGUES[locale]['details.button']}</a></p>` : ''
  }<script>${CHALLENGE_DONE_SCRIPT}</script></body></html>`;
