import type { Metadata } from 'next';
import Form from 'next/form';
import Link from 'next/link';
import { Button, buttonClass } from '@/app/_components/button';
import { PlusIcon, SearchIcon } from '@/app/_components/icons';
import { Notice } from '@/app/_components/notice';
import { staffCtx } from '@/app/_server/staff';
import { roleMay } from '@/core/permissions';
import { listPaymentLinks } from '@/lib/payment-links';
import { NoPermission } from '../../_parts/no-permission';
import { filterFrom, hrefOf, type LinkFilter } from './filter';
import { LinkList } from './link-list';
import { StatusTabs } from './status-tabs';

export const metadata: Metadata = { title: 'Payment links' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function LinksPage({ searchParams }: Props) {
  const { ctx, session } = await staffCtx();
  const filter = filterFrom(await searchParams);
  const first = await listPaymentLinks(ctx, filter);
  const mayCreate = roleMay(session.user.role, 'payment_links:create');
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-2xl font-semibold tracking-tight">Payment links</h1>
        {mayCreate && (
          <Link href="/admin/links/new" className={buttonClass('primary')}>
            <PlusIcon /> New payment link
          </Link>
        )}
      </div>
      <div className="mt-5 mb-4 space-y-4">
        <StatusTabs filter={filter} />
        <Search filter={filter} />
      </div>
      {first.ok ? (
        <LinkList
          key={hrefOf(filter)}
          filter={filter}
          first={first.value}
          zone={session.merchant.timeZone}
          mayCreate={mayCreate}
        />
      ) : first.error.code === 'forbidden' ? (
        <NoPermission what="seeing payment links" />
      ) : (
        <Notice tone="bad">{first.error.message}</Notice>
      )}
    </>
  );
}

const Search = ({ filter }: { filter: LinkFilter }) => (
  <Form action="/admin" role="search" className="flex max-w-xl flex-wrap gap-2">
    {filter.status && <input type="hidden" name="status" value={filter.status} />}
    <label htmlFor="q" className="sr-only">
      Search by reference, customer or description
    </label>
    <div className="relative min-w-0 flex-1">
      <SearchIcon className="absolute start-3 top-1/2 size-4 -translate-y-1/2 text-muted" />
      <input
        id="q"
        name="q"
        type="search"
        key={filter.q}
        defaultValue={filter.q}
        maxLength={100}
        placeholder="Reference, name, e-mail, phone…"
        className="min-h-10 w-full rounded-lg border border-line-strong bg-surface ps-9 pe-3 text-base placeholder:text-muted sm:text-[0.9375rem]"
      />
    </div>
    <Button type="submit" kind="secondary">
      Search
    </Button>
    {(filter.q || filter.status) && (
      <Link href="/admin" className={buttonClass('quiet')}>
        Reset
      </Link>
    )}
  </Form>
);
