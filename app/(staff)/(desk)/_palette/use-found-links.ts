'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { holdsCardNumber } from '@/core/card-rules';
import type { DeskPage } from '@/lib/payment-links';
import { readJson } from '../_parts/live';
import { mayBecomeCard } from './places';

const PAUSE_MS = 250;
const MOST = 6;

/** The newest links that a text means, once somebody pauses. A card number, or what may become one, is never sent. */
export function useFoundLinks(text: string) {
  const [asked, setAsked] = useState('');
  const wanted = text.trim();
  const sent = wanted.length < 2 || holdsCardNumber(wanted) || mayBecomeCard(wanted) ? '' : wanted;
  useEffect(() => {
    const timer = setTimeout(() => setAsked(sent), sent ? PAUSE_MS : 0);
    return () => clearTimeout(timer);
  }, [sent]);
  const found = useQuery({
    queryKey: ['found-links', asked],
    queryFn: ({ signal }) =>
      readJson<DeskPage>(
        `/api/staff/payment-links?${new URLSearchParams({ q: asked, limit: String(MOST) })}`,
        signal,
      ),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
  const isAsked = sent !== '' && asked !== '';
  return {
    links: isAsked ? (found.data?.data ?? []) : [],
    isLooking: sent !== '' && (sent !== asked || found.isFetching || found.isPlaceholderData),
    error: isAsked ? found.error : null,
  };
}
