'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect } from 'react';
import { Button, buttonClass } from '@/app/_components/button';
import { Empty } from '@/app/_components/notice';
import type { ListLook } from '@/core/list-look';
import type { Page } from '@/lib/contracts/payment-links';
import type { DeskLink } from '@/lib/payment-links';
import { LinkTable } from '../../_parts/link-table';
import { readBy, readJson } from '../../_parts/live';
import { LiveDot, ReadProblem } from '../../_parts/live-state';
import { useSelection } from '../../_parts/selection';
import { BulkBar, type MayBulk } from './bulk-bar';
import { type LinkFilter, queryOf } from './filter';
import { ColumnsMenu, ListKeys, useLook } from './look';
import { NewLinks } from './new-links';
import { useRowActs } from './row-acts';
import { useListNews } from './use-list-news';

type Props = {
  filter: LinkFilter;
  /** The first page as JSON. */
  first: string;
  zone: string;
  mayCreate: boolean;
  mayBulk: MayBulk;
  look: ListLook;
};

/** The links of a filter, in its order, a page at a time; all pages shown stay live. */
export function LinkList({ filter, first, zone, mayCreate, mayBulk, look: kept }: Props) {
  const looks = useLook(kept);
  const { live, missing, show } = useListNews(filter);
  const list = useInfiniteQuery({
    queryKey: ['payment-links', filter],
    initialPageParam: '',
    initialData: () => ({ pages: [JSON.parse(first) as Page<DeskLink>], pageParams: [''] }),
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ ...filter, ...(pageParam && { cursor: pageParam }) });
      return readJson<Page<DeskLink>>(`/api/staff/payment-links?${query}`, signal);
    },
    getNextPageParam: (page) => page.nextCursor,
    ...readBy(live),
  });
  const links = list.data.pages.flatMap((page) => page.data);
  useLookFurther(list, links.length === 0);
  const selection = useSelection(links.map(({ id }) => id));
  const { acts, dialog } = useRowActs(zone);
  return (
    <div className="space-y-4">
      <div className="flex items-center justify-between gap-4">
        <p className="text-sm text-muted">Times in {zone.replaceAll('_', ' ')}</p>
        <div className="flex flex-wrap items-center justify-end gap-x-2 print:hidden">
          <ColumnsMenu {...looks} />
          <ListKeys {...looks} />
          <LiveDot error={list.error} live={live} />
        </div>
      </div>
      <ReadProblem error={list.error} />
      <NewLinks
        count={[...missing].filter((id) => !links.some((link) => link.id === id)).length}
        show={show}
      />
      {links.length === 0 && list.hasNextPage ? (
        <Empty title="None among the links looked through so far">
          <p>Older links have not been looked through yet.</p>
        </Empty>
      ) : links.length === 0 ? (
        <NoLinks filtered={queryOf(filter) !== ''} mayCreate={mayCreate} />
      ) : (
        <>
          <BulkBar
            selection={selection}
            shown={links.length}
            more={list.hasNextPage}
            filter={filter}
            may={mayBulk}
          />
          <LinkTable links={links} zone={zone} look={looks.look} selection={selection} acts={acts} />
        </>
      )}
      {dialog}
      {list.hasNextPage && (
        <div className="text-center print:hidden">
          <Button kind="secondary" disabled={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            {list.isFetchingNextPage ? 'Loading…' : links.length === 0 ? 'Look further' : 'Load more'}
          </Button>
        </div>
      )}
    </div>
  );
}

/** So many pages are looked through by themselves, while none of them holds a link. */
const MOST_BY_ITSELF = 4;

type Walked = Pick<
  ReturnType<typeof useInfiniteQuery<Page<DeskLink>>>,
  'data' | 'hasNextPage' | 'isFetching' | 'isError' | 'fetchNextPage'
>;

function useLookFurther(list: Walked, isEmpty: boolean): void {
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = list;
  const looked = data?.pages.length ?? 0;
  useEffect(() => {
    if (isEmpty && hasNextPage && !isFetching && !isError && looked < MOST_BY_ITSELF) void fetchNextPage();
  }, [isEmpty, hasNextPage, isFetching, isError, looked, fetchNextPage]);
}

const NoLinks = ({ filtered, mayCreate }: { filtered: boolean; mayCreate: boolean }) =>
  filtered ? (
    <Empty title="No payment link matches">
      <p>
        Look for part of a reference, a name, an e-mail address or a phone number, for an amount, a receipt
        number or the last four digits of a card.
      </p>
      <Link href="/admin" className={buttonClass('quiet', 'mt-3')}>
        Show all
      </Link>
    </Empty>
  ) : (
    <Empty title="No payment links yet">
      <p>A link asks one customer for one payment and works for 72 hours.</p>
      {mayCreate && (
        <Link href="/admin/links/new" className={buttonClass('primary', 'mt-4')}>
          Issue the first one
        </Link>
      )}
    </Empty>
  );
