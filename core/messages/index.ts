import { ar } from './ar';
import { de } from './de';
import { type Catalogue, en, type MessageKey } from './en';
import { es } from './es';
import { fr } from './fr';
import { it } from './it';
import { ja } from './ja';
import { nl } from './nl';
import { pl } from './pl';
import { pt } from './pt';

export type { Catalogue, MessageKey };

/** The languages a payer can be spoken to in, each named in itself. */
export const LOCALES = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  it: 'Italiano',
  nl: 'Nederlands',
  pl: 'Polski',
  pt: 'Português',
  ja: '日本語',
  ar: 'العربية',
} as const;
export type Locale = keyof typeof LOCALES;
export const LOCALE_CODES = Object.keys(LOCALES) as Locale[];

export const CATALOGUES: Record<Locale, Catalogue> = { en, de, fr, es, it, nl, pl, pt, ja, ar };

/** The way a language is written, as `dir` of a document names it. */
export const directionOf = (locale: Locale): 'ltr' | 'rtl' => (locale === 'ar' ? 'rtl' : 'ltr');

export const asLocale = (value: string | null | undefined): Locale | null =>
  LOCALE_CODES.find((code) => code === value?.toLowerCase().split(/[-_]/)[0]) ?? null;

/** The first language of an Accept-Language header that we speak; English when none is. Source: RFC 9110, 12.5.4. */
export function localeFromHeader(header: string | null): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find(Boolean);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { tag } of wanted) {
    const locale = asLocale(tag);
    if (locale) return locale;
  }
  return 'en';
}
