import type { MessageKey } from '@/core/messages';

/** The sentences the script of the form may show; the page carries them in its own language. */
export const FRAME_TEXTS = [
  'frame.pay',
  'frame.paying',
  'frame.csc_help',
  'frame.csc_help_amex',
  'frame.challenge_title',
  'frame.error.number',
  'frame.error.number_wrong',
  'frame.error.name',
  'frame.error.expiry',
  'frame.error.expired',
  'frame.error.csc',
  'frame.error.summary',
  'frame.not_embedded',
  'result.failed',
  'result.superseded',
  'result.being_paid',
  'result.too_soon',
  'result.confirming',
  'result.unavailable',
] as const satisfies readonly MessageKey[];

export type FrameText = (typeof FRAME_TEXTS)[number];
export type FrameTexts = Record<FrameText, string>;
