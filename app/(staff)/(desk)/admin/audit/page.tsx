import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonClass } from '@/app/_components/button';
import { Empty, Notice } from '@/app/_components/notice';
import { Time } from '@/app/_components/time';
import { staffCtx } from '@/app/_server/staff';
import { actText } from '@/core/audit-acts';
import { type AuditEntry, listAuditEntries, listAuditPeople, readAuditStanding } from '@/lib/audit';
import { NoPermission } from '../../_parts/no-permission';
import { PageHead } from '../money/_parts/page-head';
import { Table } from '../money/_parts/table';
import { CheckCard } from './check-card';
import { type AuditQuery, addressOf, filterFrom, placeOf, verbQuery } from './filter';
import { FilterForm } from './filter-form';

export const metadata: Metadata = { title: 'Audit log' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AuditPage({ searchParams }: Props) {
  const { ctx, session } = await staffCtx();
  const query = filterFrom(await searchParams);
  const asked = verbQuery(query, new Date());
  const [standing, people] = [await readAuditStanding(ctx), await listAuditPeople(ctx)];
  if (!standing.ok || !people.ok) return <NoPermission what="seeing the audit log" />;
  const listed = await listAuditEntries(ctx, { ...asked, limit: '50' });
  const zone = session.merchant.timeZone;
  const { cursor: _, ...filter } = asked;
  return (
    <>
      <PageHead title="Audit log">
        <p>Who did what, on what, when and from where. Entries are never changed or deleted.</p>
      </PageHead>
      <div className="space-y-5">
        <CheckCard standing={standing.value} zone={zone} />
        <FilterForm
          key={JSON.stringify(query)}
          query={query}
          people={people.value}
          file={`/api/staff/audit?${new URLSearchParams(filter)}`}
        />
        {listed.ok ? (
          <Entries all={listed.value.data} zone={zone} filtered={Object.keys(asked).length > 0} />
        ) : (
          <Notice tone="bad">{listed.error.message}</Notice>
        )}
        {listed.ok && <Pages query={query} next={listed.value.nextCursor} />}
      </div>
    </>
  );
}

function Pages({ query, next }: { query: AuditQuery; next: string | null }) {
  const { cursor, ...first } = query;
  return (
    <p className="flex gap-2 empty:hidden">
      {cursor && (
        <Link href={addressOf(first)} prefetch={false} className={buttonClass('quiet')}>
          Newest
        </Link>
      )}
      {next && (
        <Link
          href={addressOf({ ...first, cursor: next })}
          prefetch={false}
          className={buttonClass('secondary')}
        >
          Older
        </Link>
      )}
    </p>
  );
}

function Entries({ all, zone, filtered }: { all: AuditEntry[]; zone: string; filtered: boolean }) {
  if (all.length === 0)
    return (
      <Empty title={filtered ? 'No entry matches' : 'Nothing was done yet'}>
        <p>{filtered ? 'Take a filter away to see more.' : 'What anybody does from now on stands here.'}</p>
      </Empty>
    );
  return (
    <Table
      label="Entries, newest first"
      columns={['What', 'When', 'Who', 'On', 'From']}
      rows={all.map((one) => ({
        key: one.id,
        cells: [
          <Link
            key="what"
            href={`/admin/audit/${one.id}`}
            prefetch={false}
            className="font-medium text-accent underline underline-offset-2"
          >
            {actText(one.action)}
          </Link>,
          <span key="at" className="whitespace-nowrap">
            <Time at={one.at} zone={zone} />
          </span>,
          one.actor.name,
          <Subject key="on" id={one.subject} />,
          <span key="from" className="max-lg:break-all lg:whitespace-nowrap">
            {one.address ?? '–'}
          </span>,
        ],
      }))}
    />
  );
}

function Subject({ id }: { id: string }) {
  const place = placeOf(id);
  const look = 'font-mono text-xs break-all max-lg:text-end';
  return place ? (
    <Link href={place} prefetch={false} className={`${look} text-accent underline underline-offset-2`}>
      {id}
    </Link>
  ) : (
    <span className={look}>{id}</span>
  );
}
