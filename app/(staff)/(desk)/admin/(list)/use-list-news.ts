'use client';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ChangedLinks } from '@/lib/payment-links';
import { LIVE_MS, readJson } from '../../_parts/live';
import { useLinkNews, useReadAnew } from '../../_parts/use-live';
import { type LinkFilter, queryOf } from './filter';
import { missingFrom, type Pages, replaced } from './news';

const MOST_ASKED = 100;
const WAIT_MS = 100;

/** A list that is being read may be of before the news: it is waited for. */
async function settled(client: QueryClient, queryKey: unknown[]): Promise<void> {
  while (client.isFetching({ queryKey }) > 0) await new Promise((done) => setTimeout(done, WAIT_MS));
}

/**
 * Keeps a list of links live: those of its links that have changed are read by their ids and put in their places; others that
 * belong to it are told of, not put in, so that nothing moves under the hand.
 */
export function useListNews(filter: LinkFilter) {
  const client = useQueryClient();
  const queryKey = ['payment-links', filter];
  const [missing, setMissing] = useState<ReadonlySet<string>>(new Set());
  const waiting = useRef(new Set<string>());
  const isBusy = useRef(false);
  const readAll = useReadAnew(queryKey, LIVE_MS);

  const readSome = async (ids: string[]): Promise<void> => {
    await settled(client, queryKey);
    const query = new URLSearchParams(queryOf(filter));
    query.set('ids', ids.join());
    const changed = await readJson<ChangedLinks>(`/api/staff/payment-links/changed?${query}`);
    client.setQueryData<Pages>(queryKey, (seen) => seen && replaced(seen, changed.links));
    const seen = client.getQueryData<Pages>(queryKey);
    if (!seen) return;
    const found = missingFrom(seen, changed, filter.sort);
    setMissing((before) => new Set([...[...before].filter((id) => !ids.includes(id)), ...found]));
  };
  const readWaiting = async (): Promise<void> => {
    if (isBusy.current) return;
    isBusy.current = true;
    try {
      while (waiting.current.size > 0) {
        const ids = [...waiting.current].slice(0, MOST_ASKED);
        for (const id of ids) waiting.current.delete(id);
        await readSome(ids);
      }
    } catch {
      readAll();
    } finally {
      isBusy.current = false;
    }
  };
  const live = useLinkNews(({ links, many }) => {
    if (many) return readAll();
    for (const id of links) waiting.current.add(id);
    void readWaiting();
  });
  const show = () => {
    setMissing(new Set());
    void client.invalidateQueries({ queryKey });
  };
  return { live, missing, show };
}
