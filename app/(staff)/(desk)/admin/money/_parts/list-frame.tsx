'use client';
import type { ReactNode } from 'react';
import { Button } from '@/app/_components/button';
import { LiveDot, ReadProblem } from '../../../_parts/live-state';

type Props = {
  zone: string;
  list: {
    error: Error | null;
    hasNextPage?: boolean;
    isFetchingNextPage?: boolean;
    fetchNextPage?: () => unknown;
  };
  children: ReactNode;
};

/** What stands around a live list: whether it is of this moment, in which zone its times are, and the way to more. */
export function ListFrame({ zone, list, children }: Props) {
  return (
    <div className="space-y-4">
      <div className="flex items-center justify-between gap-4">
        <p className="text-sm text-muted">Times in {zone.replaceAll('_', ' ')}</p>
        <LiveDot error={list.error} />
      </div>
      <ReadProblem error={list.error} />
      {children}
      {list.hasNextPage && (
        <div className="text-center">
          <Button kind="secondary" disabled={list.isFetchingNextPage} onClick={() => list.fetchNextPage?.()}>
            {list.isFetchingNextPage ? 'Loading…' : 'Load more'}
          </Button>
        </div>
      )}
    </div>
  );
}
