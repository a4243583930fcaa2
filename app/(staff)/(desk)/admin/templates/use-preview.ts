'use client';
import { useEffect, useRef, useState } from 'react';
import type { Locale } from '@/core/messages';
import type { SentenceKind } from '@/core/own-sentence';
import type { MessagePreview } from '@/lib/contracts/own-sentences';
import { preview as read } from './actions';

const TYPING_MS = 300;

type Typed = { kind: SentenceKind; locale: Locale; text: string | null };

/** The message with what is typed, as soon as somebody stops typing; what is wrong with it instead, where something is. */
export function usePreview({ kind, locale, text }: Typed, first: MessagePreview | null) {
  const [preview, setPreview] = useState(first);
  const [problem, setProblem] = useState<string>();
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    let isOver = false;
    const timer = setTimeout(async () => {
      const drawn = await read({ kind, locale, text }).catch(() => null);
      if (isOver || !drawn) return;
      if (drawn.ok) setPreview(drawn.value);
      setProblem(
        drawn.ok ? undefined : `The sentence ${drawn.error.errors?.[0]?.message ?? 'is not taken'}.`,
      );
    }, TYPING_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [kind, locale, text]);
  return { preview, problem };
}
