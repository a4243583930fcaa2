import * as z from 'zod';
import { isColour } from '@/core/accent';
import { plain } from './text';

export const MOST_LOGO_BYTES = 200_000;
export const LOGO_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;
export const MOST_NAME = 60;
export const MOST_FOOTER = 300;

/** A picture and its size in CSS pixels. */
export type Logo = { src: string; width: number; height: number };

/** How a merchant looks to payers; null where nothing of their own is set. */
export type Look = { name: string; accent: string | null; footer: string | null; logo: Logo | null };
export type Branding = Look & { version: number };

const accent = z.string().refine(isColour, 'is a colour like #1d4ed8');

export const saveBrandingInput = z.strictObject({
  /** The one that was read. */
  version: z.int(),
  name: plain(MOST_NAME),
  accent: accent.nullable(),
  footer: plain(MOST_FOOTER).nullable(),
});

/** A logo that is kept, or one that was just chosen. */
const logo = z.object({
  src: z.string().regex(/^(\/brand\/\d+\/[\w-]{43}|data:image\/webp;base64,[A-Za-z0-9+/=]{1,30000})$/),
  width: z.coerce.number().int().min(1).max(200),
  height: z.coerce.number().int().min(1).max(200),
});

/** What a preview is drawn from, while it is typed: what is not right yet counts as not there. */
export const previewInput = z.object({
  state: z.enum(['ready', 'paid']).catch('ready'),
  name: plain(MOST_NAME).nullable().catch(null),
  accent: accent.nullable().catch(null),
  footer: plain(MOST_FOOTER).nullable().catch(null),
  logo: logo.nullable().catch(null),
});
