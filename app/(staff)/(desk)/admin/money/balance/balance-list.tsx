'use client';
import Link from 'next/link';
import { Badge } from '@/app/_components/badge';
import { countOf, dayText, moneyText } from '@/app/_components/format';
import { Empty } from '@/app/_components/notice';
import { Time } from '@/app/_components/time';
import type { BalanceReport } from '@/lib/contracts/reconciliation';
import { Chips } from '../_parts/chips';
import { ListFrame } from '../_parts/list-frame';
import { Table } from '../_parts/table';
import { usePages } from '../_parts/use-pages';
import type { BalancePage, BalanceWork } from './read';
import { RunForm } from './run-form';
import { Runs, useWork } from './runs';

type Filter = { profile?: string; gaps?: string };
type Props = {
  filter: Filter;
  first: BalancePage;
  work: BalanceWork;
  zone: string;
  last: string;
  mayRun: boolean;
};

const hrefOf = (filter: Filter): string => `/admin/money/balance?${new URLSearchParams(filter)}`;

/** The reports of a filter, newest first, with what is under way above them; live. */
export function BalanceList({ filter, first, work: firstWork, zone, last, mayRun }: Props) {
  const list = usePages('money/balance', filter, first);
  const { data: work } = useWork(firstWork);
  const reports = list.pages.flatMap((page) => page.data);
  return (
    <div className="space-y-5">
      {mayRun && <RunForm profiles={work.profiles} last={last} />}
      <Runs work={work} />
      <Filters filter={filter} profiles={work.profiles} />
      <ListFrame zone={zone} list={list}>
        {reports.length === 0 ? (
          <NoReports filtered={Object.keys(filter).length > 0} />
        ) : (
          <Reports reports={reports} work={work} zone={zone} />
        )}
      </ListFrame>
    </div>
  );
}

function Filters({ filter, profiles }: { filter: Filter; profiles: BalanceWork['profiles'] }) {
  const { profile, gaps } = filter;
  const kept = { ...(gaps && { gaps }) };
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-2">
      <Chips
        label="By outcome"
        chips={[
          { label: 'All days', href: hrefOf({ ...(profile && { profile }) }), current: !gaps },
          {
            label: 'With differences',
            href: hrefOf({ ...(profile && { profile }), gaps: '1' }),
            current: Boolean(gaps),
          },
        ]}
      />
      {profiles.length > 1 && (
        <Chips
          label="By payment profile"
          chips={[
            { label: 'All profiles', href: hrefOf(kept), current: !profile },
            ...profiles.map(({ id, name }) => ({
              label: name,
              href: hrefOf({ ...kept, profile: id }),
              current: profile === id,
            })),
          ]}
        />
      )}
    </div>
  );
}

const NoReports = ({ filtered }: { filtered: boolean }) =>
  filtered ? (
    <Empty title="No day matches">
      <p>
        No balanced day is like this.{' '}
        <Link href="/admin/money/balance" className="text-accent underline underline-offset-2">
          Show all days
        </Link>
      </p>
    </Empty>
  ) : (
    <Empty title="No day was balanced yet">
      <p>The first report is made in the night after the first whole day, from 01:15 UTC on.</p>
    </Empty>
  );

const Reports = ({ reports, work, zone }: { reports: BalanceReport[]; work: BalanceWork; zone: string }) => (
  <Table
    label="Balance reports, newest first"
    columns={['Day', 'Outcome', 'Gateway', 'Ledger', 'Your systems', 'Made']}
    numbers={['Gateway', 'Ledger', 'Your systems']}
    rows={reports.map((report) => ({
      key: report.id,
      cells: [
        <div key="day">
          <Link
            href={`/admin/money/balance/${report.id}`}
            prefetch={false}
            className="font-semibold after:absolute after:inset-0"
          >
            {dayText(report.day)} · {report.currency}
          </Link>
          {work.profiles.length > 1 && (
            <p className="text-sm text-muted">
              {work.profiles.find(({ id }) => id === report.profile)?.name}
            </p>
          )}
        </div>,
        <Differences key="outcome" count={report.gapCount} />,
        ...(['gatewayMinor', 'ledgerMinor', 'eventsMinor'] as const).map((sum) => (
          <span key={sum} suppressHydrationWarning>
            {moneyText({ amountMinor: report[sum], currency: report.currency })}
          </span>
        )),
        <Time key="made" at={report.madeAt} zone={zone} />,
      ],
    }))}
  />
);

export const Differences = ({ count }: { count: number }) =>
  count === 0 ? (
    <Badge tone="ok">Agrees</Badge>
  ) : (
    <Badge tone="bad">{count === 1 ? '1 difference' : `${countOf(count)} differences`}</Badge>
  );
