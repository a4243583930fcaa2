'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { LIVE_MS, readJson } from '../../../_parts/live';

type Paged = { nextCursor: string | null };

/** A list under `/api/staff/`, from the page that the server has rendered on; all pages shown stay live. */
export function usePages<T extends Paged>(path: string, filter: Record<string, string>, first: T) {
  const list = useInfiniteQuery({
    queryKey: [...path.split('/'), filter],
    initialPageParam: '',
    initialData: { pages: [first], pageParams: [''] },
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ ...filter, ...(pageParam && { cursor: pageParam }) });
      return readJson<T>(`/api/staff/${path}?${query}`, signal);
    },
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: (query) => LIVE_MS * (query.state.data?.pages.length ?? 1),
  });
  return { ...list, pages: list.data.pages };
}
