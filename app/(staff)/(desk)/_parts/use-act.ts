'use client';
import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useTransition } from 'react';
import { useToast } from '@/app/_components/toast';
import type { AppError, Outcome } from '@/core/outcome';

const NO_ANSWER: AppError = {
  code: 'unavailable',
  message: 'The portal does not answer. Look whether it was done before you try again.',
};

/** How an act is taken back, where that leaves everything as it was. */
export type Undo = { work: () => Promise<Outcome<unknown>>; done: string; after?: () => void };

/**
 * Runs an act once at a time, says how it ended, and reads what stands under `queryKey` anew. Where the act has taken away
 * what had the focus, the focus goes to the page. `refused` takes a refusal that is to be told in its place, not in passing.
 * `undo` is offered for a while beside how it ended.
 */
export function useAct(queryKey: QueryKey) {
  const [pending, start] = useTransition();
  const client = useQueryClient();
  const say = useToast();
  const act = (
    work: () => Promise<Outcome<unknown>>,
    done: string,
    then?: () => void,
    refused: (error: AppError) => void = ({ message }) => say(message, 'bad'),
    undo?: Undo,
  ): void =>
    start(async () => {
      const outcome = await work().catch(() => null);
      if (outcome?.ok) {
        say(done, 'ok', undo && { label: 'Undo', onPress: () => act(undo.work, undo.done, undo.after) });
        then?.();
      } else refused(outcome?.error ?? NO_ANSWER);
      await client.invalidateQueries({ queryKey });
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) document.getElementById('main')?.focus();
      });
    });
  return { pending, act };
}
