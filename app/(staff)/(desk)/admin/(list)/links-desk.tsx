'use client';
import Link from 'next/link';
import { buttonClass } from '@/app/_components/button';
import { PlusIcon } from '@/app/_components/icons';
import { Notice } from '@/app/_components/notice';
import { BULK_PERMISSIONS } from '@/core/bulk-act';
import type { ListLook } from '@/core/list-look';
import type { Outcome } from '@/core/outcome';
import { type Role, roleMay } from '@/core/permissions';
import type { BulkAct } from '@/lib/contracts/bulk-acts';
import type { Needs } from '@/lib/contracts/reconciliation';
import type { ListViews } from '@/lib/contracts/saved-views';
import type { FilterChoices, LinkCounts } from '@/lib/payment-links';
import { NoPermission } from '../../_parts/no-permission';
import { BulkStrip } from './bulk-strip';
import { FilterChips } from './chips';
import { hrefOf, type LinkFilter } from './filter';
import { FilterButton } from './filter-dialog';
import { LinkList } from './link-list';
import { NeedsStrip } from './needs-strip';
import { Search } from './search';
import { StatusTabs } from './status-tabs';
import { ViewsMenu } from './views-menu';

type Props = {
  filter: LinkFilter;
  /** A `DeskPage` as JSON: a text is written once, where each value of a list would be looked at by itself, there and back. */
  first: Outcome<string>;
  counts: LinkCounts | null;
  countedTo: number;
  /** Null where the role does not see the money's troubles. */
  needs: Needs | null;
  acts: readonly BulkAct[];
  choices: FilterChoices;
  views: ListViews | null;
  role: Role;
  zone: string;
  look: ListLook;
};

/** The list of links with all that stands around it. */
export function LinksDesk(props: Props) {
  const { filter, first, counts, countedTo, needs, acts, choices, views, role, zone, look } = props;
  const mayCreate = roleMay(role, 'payment_links:create');
  const mayBulk = {
    send: roleMay(role, BULK_PERMISSIONS.send),
    cancel: roleMay(role, BULK_PERMISSIONS.cancel),
  };
  return (
    <>
      {needs && <NeedsStrip first={needs} />}
      <BulkStrip acts={acts} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-2xl font-semibold tracking-tight">Payment links</h1>
        {mayCreate && <WaysToNewLinks />}
      </div>
      <div className="mt-5 mb-4 space-y-4">
        <StatusTabs filter={filter} counts={counts} countedTo={countedTo} />
        <div className="flex max-w-5xl flex-wrap items-start gap-2 print:hidden">
          <Search filter={filter} />
          <FilterButton filter={filter} choices={choices} />
          {views && <ViewsMenu {...views} filter={filter} />}
        </div>
        <FilterChips filter={filter} choices={choices} />
      </div>
      {first.ok ? (
        <LinkList key={hrefOf(filter)} {...{ filter, zone, mayCreate, mayBulk, look }} first={first.value} />
      ) : first.error.code === 'forbidden' ? (
        <NoPermission what="seeing payment links" />
      ) : (
        <Notice tone="bad">{first.error.message}</Notice>
      )}
    </>
  );
}

const WaysToNewLinks = () => (
  <div className="flex flex-wrap gap-3 print:hidden">
    <Link href="/admin/import" className={buttonClass('secondary')}>
      Import
    </Link>
    <Link href="/admin/links/new" className={buttonClass('primary')}>
      <PlusIcon /> New payment link
    </Link>
  </div>
);
