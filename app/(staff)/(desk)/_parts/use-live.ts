'use client';
import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { LinkNews } from '@/lib/live';
import { openStream } from './live';
import { follow } from './stream';

const ALL: LinkNews = { links: [], many: true };

/**
 * Tells which links change while this page is looked at; a page that is hidden holds no stream, and is told "all" when it is seen
 * again, as after every gap. `link`: only that one, with all that its page shows. Gives whether the stream is there.
 */
export function useLinkNews(told: (news: LinkNews) => void, link?: string): boolean {
  const [live, setLive] = useState(true);
  const latest = useRef(told);
  useEffect(() => {
    latest.current = told;
  });
  useEffect(() => {
    const path = `/api/staff/live${link ? `?link=${link}` : ''}`;
    let stop: AbortController | null = null;
    const turn = () => {
      if (document.visibilityState === 'hidden') {
        stop?.abort();
        stop = null;
      } else if (!stop) {
        stop = new AbortController();
        const { signal } = stop;
        const onLive = (is: boolean) => {
          if (signal.aborted) return;
          setLive(is);
          if (!is) latest.current(ALL);
        };
        const onEvent = ({ data }: { data: string }) => latest.current(JSON.parse(data) as LinkNews);
        void follow({ open: (lost) => openStream(path, lost), onEvent, onLive }, signal);
      }
    };
    turn();
    document.addEventListener('visibilitychange', turn);
    return () => {
      document.removeEventListener('visibilitychange', turn);
      stop?.abort();
    };
  }, [link]);
  return live;
}

/** Reads what stands under `queryKey` anew, at once, but not again before `gapMs` have passed: what falls together is read once. */
export function useReadAnew(queryKey: QueryKey, gapMs: number): () => void {
  const client = useQueryClient();
  const key = useRef(queryKey);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const last = useRef(0);
  useEffect(() => {
    key.current = queryKey;
  });
  useEffect(() => () => void (timer.current && clearTimeout(timer.current)), []);
  return useCallback(() => {
    if (timer.current) return;
    timer.current = setTimeout(
      () => {
        timer.current = null;
        last.current = Date.now();
        void client.invalidateQueries({ queryKey: key.current });
      },
      Math.max(0, last.current + gapMs - Date.now()),
    );
  }, [client, gapMs]);
}

/** Reads a page's state anew whenever links change, or the one that it is about. */
export function useLiveRead(queryKey: QueryKey, gapMs: number, link?: string): boolean {
  const read = useReadAnew(queryKey, gapMs);
  return useLinkNews(({ links, many }) => (many || links.length > 0) && read(), link);
}
