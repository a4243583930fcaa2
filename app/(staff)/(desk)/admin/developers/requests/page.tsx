import type { Metadata } from 'next';
import Link from 'next/link';
import { Badge } from '@/app/_components/badge';
import { buttonClass } from '@/app/_components/button';
import { cx } from '@/app/_components/cx';
import { countOf } from '@/app/_components/format';
import { Empty, Notice } from '@/app/_components/notice';
import { Time } from '@/app/_components/time';
import { staffCtx } from '@/app/_server/staff';
import { listApiRequests } from '@/lib/api-requests';
import type { ApiRequest } from '@/lib/contracts/api-requests';
import { BackLink } from '../../../_parts/back-link';
import { NoPermission } from '../../../_parts/no-permission';
import { Table } from '../../money/_parts/table';
import { toneOf } from '../_parts/words';

export const metadata: Metadata = { title: 'Requests' };

const HERE = '/admin/developers/requests';
const NAMES = ['client', 'failed', 'cursor'] as const;
type Query = Partial<Record<(typeof NAMES)[number], string>>;
type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

function addressOf(query: Query): string {
  const text = new URLSearchParams(query).toString();
  return text ? `${HERE}?${text}` : HERE;
}

export default async function RequestsPage({ searchParams }: Props) {
  const { ctx, session } = await staffCtx();
  const asked = await searchParams;
  const query: Query = Object.fromEntries(
    NAMES.flatMap((name) => (typeof asked[name] === 'string' ? [[name, asked[name]]] : [])),
  );
  const listed = await listApiRequests(ctx, { ...query, limit: '50' });
  if (!listed.ok && listed.error.code === 'forbidden') return <NoPermission what="seeing API requests" />;
  return (
    <>
      <BackLink href="/admin/developers" label="Developers" />
      <header className="mb-5 max-w-3xl">
        <h1 className="text-2xl font-semibold tracking-tight">Requests</h1>
        <p className="mt-1 text-muted">
          What your systems asked within 30 days, and what they were answered. People and secrets in it are
          masked.
        </p>
      </header>
      <Filter query={query} />
      <div className="mt-4">
        {listed.ok ? (
          <Requests all={listed.value.data} zone={session.timeZone} query={query} />
        ) : (
          <Notice tone="bad">{listed.error.message}</Notice>
        )}
      </div>
      {listed.ok && listed.value.nextCursor && (
        <p className="mt-4">
          <Link
            href={addressOf({ ...query, cursor: listed.value.nextCursor })}
            prefetch={false}
            className={buttonClass('secondary')}
          >
            Older
          </Link>
        </p>
      )}
    </>
  );
}

function Filter({ query: { client, failed } }: { query: Query }) {
  const of: Query = client ? { client } : {};
  const chips: [string, Query, boolean][] = [
    ['All', of, failed === undefined],
    ['Refused', { ...of, failed: 'true' }, failed === 'true'],
  ];
  return (
    <nav aria-label="Filter" className="flex flex-wrap items-center gap-2">
      {chips.map(([label, query, current]) => (
        <Link
          key={label}
          href={addressOf(query)}
          prefetch={false}
          aria-current={current ? 'page' : undefined}
          className={cx(
            buttonClass('secondary'),
            'aria-[current]:border-accent aria-[current]:bg-accent-soft',
          )}
        >
          {label}
        </Link>
      ))}
      {client && (
        <Link href={addressOf(failed ? { failed } : {})} prefetch={false} className={buttonClass('quiet')}>
          Of all keys and clients
        </Link>
      )}
    </nav>
  );
}

function Requests({ all, zone, query }: { all: ApiRequest[]; zone: string; query: Query }) {
  if (all.length === 0)
    return (
      <Empty title={query.client || query.failed ? 'No request matches' : 'Nothing was asked yet'}>
        <p>A request stands here about a second after its answer.</p>
      </Empty>
    );
  return (
    <Table
      label="Requests, newest first"
      columns={['What', 'Answer', 'Key or client', 'From', 'Took', 'When']}
      numbers={['Took']}
      rows={all.map((one) => ({
        key: one.id,
        cells: [
          <Link
            key="what"
            href={`${HERE}/${one.id}`}
            prefetch={false}
            className="font-mono text-[0.8125rem] font-medium break-all text-accent underline underline-offset-2"
          >
            {one.method} {one.path}
          </Link>,
          <Badge key="status" tone={toneOf(one.status)}>
            {one.code ? `${one.status} ${one.code}` : String(one.status)}
          </Badge>,
          one.client.name,
          <span key="from" className="max-lg:break-all lg:whitespace-nowrap">
            {one.address}
          </span>,
          `${countOf(one.durationMs)} ms`,
          <span key="at" className="whitespace-nowrap">
            <Time at={one.at} zone={zone} />
          </span>,
        ],
      }))}
    />
  );
}
