import type { Metadata } from 'next';
import { staffCtx } from '@/app/_server/staff';
import { roleMay } from '@/core/permissions';
import { one } from '../_parts/named';
import { PageHead } from '../_parts/page-head';
import { Refused } from '../_parts/refused';
import { BalanceList } from './balance-list';
import { readBalances, readWork } from './read';

export const metadata: Metadata = { title: 'Balance' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function BalancePage({ searchParams }: Props) {
  const { ctx, session } = await staffCtx();
  const query = await searchParams;
  const profile = one(query, 'profile');
  const filter = { ...(profile && { profile }), ...(one(query, 'gaps') === '1' && { gaps: '1' }) };
  const first = await readBalances(ctx, filter);
  if (!first.ok) return <Refused error={first.error} />;
  const work = await readWork(ctx);
  if (!work.ok) return <Refused error={work.error} />;
  return (
    <>
      <PageHead title="Balance">
        <p>
          Each night the day before is compared three ways: what the gateway reports, what the ledger here
          holds, and what your systems were told. Days are in UTC; sums are net of refunds and disputes.
        </p>
      </PageHead>
      <BalanceList
        key={JSON.stringify(filter)}
        filter={filter}
        first={first.value}
        work={work.value}
        zone={session.timeZone}
        last={new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)}
        mayRun={roleMay(session.user.role, 'reconciliation:write')}
      />
    </>
  );
}
