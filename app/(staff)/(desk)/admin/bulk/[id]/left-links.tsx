'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Button } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { linkAmount } from '@/app/_components/format';
import type { LeftLink } from '@/lib/contracts/bulk-acts';
import type { Page } from '@/lib/contracts/common';
import { LIVE_MS, readJson } from '../../../_parts/live';
import { ReadProblem } from '../../../_parts/live-state';
import { Table } from '../../money/_parts/table';

/** The links that were left as they were, each with why. */
export function LeftLinks({ id, ended }: { id: string; ended: boolean }) {
  const list = useInfiniteQuery({
    queryKey: ['bulk-left', id, ended],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      readJson<Page<LeftLink>>(
        `/api/staff/bulk-acts/${id}/left${pageParam && `?cursor=${pageParam}`}`,
        signal,
      ),
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ended ? false : LIVE_MS,
  });
  const links = list.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Card id="left" title="Left as they were">
      <ReadProblem error={list.error} />
      {list.isPending && <p className="text-muted">Loading…</p>}
      <Table
        label="Links that were left as they were"
        columns={['Link', 'Why', 'Customer', 'Reference']}
        rows={links.map((link) => ({
          key: link.paymentLink,
          cells: [
            <Link
              key="link"
              href={`/admin/links/${link.paymentLink}`}
              prefetch={false}
              className="font-semibold tabular-nums underline"
            >
              {linkAmount(link)}
            </Link>,
            link.message,
            link.customer ?? '–',
            link.reference ?? '–',
          ],
        }))}
      />
      {list.hasNextPage && (
        <div className="mt-3 text-center">
          <Button kind="secondary" disabled={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            {list.isFetchingNextPage ? 'Loading…' : 'Load more'}
          </Button>
        </div>
      )}
    </Card>
  );
}
