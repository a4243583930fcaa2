import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonClass } from '@/app/_components/button';
import { PlusIcon } from '@/app/_components/icons';
import { Notice } from '@/app/_components/notice';
import { staffCtx } from '@/app/_server/staff';
import { BULK_PERMISSIONS } from '@/core/bulk-act';
import { withPeriod } from '@/core/link-period';
import { roleMay } from '@/core/permissions';
import { listBulkActs } from '@/lib/bulk-acts';
import { COUNTED_LINKS, countPaymentLinks, listDeskLinks, listFilterChoices } from '@/lib/payment-links';
import { readNeeds } from '@/lib/reconciliation';
import { readListViews } from '@/lib/saved-views';
import { NoPermission } from '../../_parts/no-permission';
import { BulkStrip } from './bulk-strip';
import { FilterChips } from './chips';
import { filterFrom, hrefOf } from './filter';
import { FilterButton } from './filter-dialog';
import { LinkList } from './link-list';
import { NeedsStrip } from './needs-strip';
import { Search } from './search';
import { StatusTabs } from './status-tabs';
import { ViewsMenu } from './views-menu';

export const metadata: Metadata = { title: 'Payment links' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function LinksPage({ searchParams }: Props) {
  const { ctx, session } = await staffCtx();
  const filter = filterFrom(await searchParams);
  const [first, counts, needs, acts, known, kept] = await Promise.all([
    listDeskLinks(ctx, withPeriod(filter, session.timeZone)),
    countPaymentLinks(ctx),
    readNeeds(ctx),
    listBulkActs(ctx),
    listFilterChoices(ctx),
    readListViews(ctx),
  ]);
  const choices = known.ok ? known.value : { makers: [], profiles: [] };
  const mayCreate = roleMay(session.user.role, 'payment_links:create');
  const mayBulk = {
    send: roleMay(session.user.role, BULK_PERMISSIONS.send),
    cancel: roleMay(session.user.role, BULK_PERMISSIONS.cancel),
  };
  return (
    <>
      {needs.ok && <NeedsStrip first={needs.value} />}
      {acts.ok && <BulkStrip acts={acts.value} />}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-2xl font-semibold tracking-tight">Payment links</h1>
        {mayCreate && (
          <div className="flex flex-wrap gap-3 print:hidden">
            <Link href="/admin/import" className={buttonClass('secondary')}>
              Import
            </Link>
            <Link href="/admin/links/new" className={buttonClass('primary')}>
              <PlusIcon /> New payment link
            </Link>
          </div>
        )}
      </div>
      <div className="mt-5 mb-4 space-y-4">
        <StatusTabs filter={filter} counts={counts.ok ? counts.value : null} countedTo={COUNTED_LINKS} />
        <div className="flex max-w-5xl flex-wrap items-start gap-2 print:hidden">
          <Search filter={filter} />
          <FilterButton filter={filter} choices={choices} />
          {kept.ok && <ViewsMenu {...kept.value} filter={filter} />}
        </div>
        <FilterChips filter={filter} choices={choices} />
      </div>
      {first.ok ? (
        <LinkList
          key={hrefOf(filter)}
          filter={filter}
          first={first.value}
          zone={session.timeZone}
          mayCreate={mayCreate}
          mayBulk={mayBulk}
          look={session.look}
        />
      ) : first.error.code === 'forbidden' ? (
        <NoPermission what="seeing payment links" />
      ) : (
        <Notice tone="bad">{first.error.message}</Notice>
      )}
    </>
  );
}
