import * as z from 'zod';
import type { SmsSize } from '@/core/gsm7';
import { LOCALE_CODES, type Locale } from '@/core/messages';
import { faultOf, MOST_SENTENCE, SENTENCE_KINDS, type SentenceKind } from '@/core/own-sentence';
import { plain } from './text';

const text = plain(MOST_SENTENCE).superRefine((value, ctx) => {
  const fault = faultOf(value);
  if (fault) ctx.addIssue({ code: 'custom', message: fault });
});

const which = { kind: z.enum(SENTENCE_KINDS), locale: z.enum(LOCALE_CODES) };

export const previewMessageInput = z.strictObject({ ...which, text: text.nullable() });
export const saveOwnSentenceInput = z.strictObject({
  ...previewMessageInput.shape,
  /** The one that was read; 0 where there was none. */
  version: z.int().min(0),
});

export type OwnSentence = { kind: SentenceKind; locale: Locale; text: string | null; version: number };

/** A message as a made-up customer would get it. A receipt is never an SMS. */
export type MessagePreview = {
  sms: ({ text: string } & SmsSize) | null;
  mail: { subject: string; text: string };
};
