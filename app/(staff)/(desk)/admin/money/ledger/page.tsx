import type { Metadata } from 'next';
import { Notice } from '@/app/_components/notice';
import { staffCtx } from '@/app/_server/staff';
import { PageHead } from '../_parts/page-head';
import { Refused } from '../_parts/refused';
import { filterFrom, ledgerQuery } from './filter';
import { FilterForm } from './filter-form';
import { LedgerList } from './ledger-list';
import { readLedger } from './read';

export const metadata: Metadata = { title: 'Ledger' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function LedgerPage({ searchParams }: Props) {
  const { ctx, session } = await staffCtx();
  const zone = session.timeZone;
  const filter = filterFrom(await searchParams);
  const query = ledgerQuery(filter, zone);
  const first = await readLedger(ctx, query);
  if (!first.ok && first.error.code !== 'invalid') return <Refused error={first.error} />;
  return (
    <>
      <PageHead title="Ledger">
        <p>
          Every movement of money, newest first. Entries are only ever added, never changed or taken away.
        </p>
      </PageHead>
      <div className="space-y-5">
        <FilterForm key={JSON.stringify(filter)} filter={filter} />
        {first.ok ? (
          <LedgerList
            key={JSON.stringify(query)}
            query={query}
            first={first.value}
            zone={zone}
            filtered={Object.keys(filter).length > 0}
          />
        ) : (
          <Notice tone="bad">The first day is after the last one. Choose them the other way round.</Notice>
        )}
      </div>
    </>
  );
}
