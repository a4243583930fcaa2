'use server';
import { staffAction } from '@/app/_server/staff';
import { previewMessage, saveOwnSentence } from '@/lib/own-sentences';

export const preview = staffAction('preview_message', ({ ctx }, input: object) => previewMessage(ctx, input));

export const save = staffAction('save_own_sentence', ({ ctx }, input: object) => saveOwnSentence(ctx, input));
