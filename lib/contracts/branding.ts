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

export const saveBrandingInput = z.strictObject({
  /** The one that was read. */
  version: z.int(),
  name: plain(MOST_NAME),
  accent: z.string().refine(isColour, 'is a colour like #1d4ed8').nullable(),
  footer: plain(MOST_FOOTER).nullable(),
});
