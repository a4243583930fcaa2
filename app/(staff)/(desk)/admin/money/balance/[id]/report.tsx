'use client';
import { useQuery } from '@tanstack/react-query';
import { Button } from '@/app/_components/button';
import { countOf, dayText, moneyText } from '@/app/_components/format';
import { Empty, Notice } from '@/app/_components/notice';
import { Time } from '@/app/_components/time';
import { BackLink } from '../../../../_parts/back-link';
import { LIVE_MS, readJson } from '../../../../_parts/live';
import { LiveDot, ReadProblem } from '../../../../_parts/live-state';
import { useAct } from '../../../../_parts/use-act';
import { balanceDay } from '../actions';
import { Differences } from '../balance-list';
import type { WholeReport } from '../read';
import { Run } from '../runs';
import { Gaps } from './gaps';

type Props = { first: WholeReport; zone: string; mayRun: boolean };

/** One day of a profile and currency: the three sums, and each difference with the way to its link; live. */
export function Report({ first, zone, mayRun }: Props) {
  const { id } = first.report;
  const { data, error } = useQuery({
    queryKey: ['money', 'balance-report', id],
    queryFn: ({ signal }) => readJson<WholeReport>(`/api/staff/money/balance/${id}`, signal),
    initialData: first,
    refetchInterval: LIVE_MS,
  });
  const { report, profileName, links, run } = data;
  return (
    <div className="space-y-5">
      <div>
        <BackLink href="/admin/money/balance" label="Balance" />
        <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
          <div>
            <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <h1 className="text-2xl font-semibold tracking-tight">
                {dayText(report.day)} · {report.currency}
              </h1>
              <Differences count={report.gapCount} />
            </div>
            <p className="mt-1 text-muted">
              {profileName} · made <Time at={report.madeAt} zone={zone} style="long" />
            </p>
          </div>
          <LiveDot error={error} />
        </header>
      </div>
      <ReadProblem error={error} />
      <Sums report={report} />
      <div aria-live="polite">
        {run && (
          <div className="rounded-xl border border-info/40 bg-surface p-4 shadow-card sm:px-5">
            <Run run={run} name={profileName} />
          </div>
        )}
      </div>
      {mayRun && <RunAgain profile={report.profile} day={report.day} busy={run !== null} />}
      {report.gaps.length > 0 ? (
        <Gaps report={report} links={links} />
      ) : (
        <Empty title="Everything agrees">
          <p>
            Each movement of this day is at the gateway, in the ledger and in what your systems were told.
          </p>
        </Empty>
      )}
      {report.gapCount > report.gaps.length && (
        <Notice tone="info">
          {countOf(report.gaps.length)} of {countOf(report.gapCount)} differences are kept, the first of each
          kind.
        </Notice>
      )}
    </div>
  );
}

const Sums = ({ report }: { report: WholeReport['report'] }) => (
  <dl className="grid gap-3 sm:grid-cols-3">
    {(
      [
        ['The gateway reports', report.gatewayMinor],
        ['The ledger holds', report.ledgerMinor],
        ['Your systems were told', report.eventsMinor],
      ] as const
    ).map(([name, amountMinor]) => (
      <div key={name} className="rounded-xl border border-line bg-surface px-4 py-3 shadow-card sm:px-5">
        <dt className="text-sm text-muted">{name}</dt>
        <dd className="text-xl font-semibold tabular-nums" suppressHydrationWarning>
          {moneyText({ amountMinor, currency: report.currency })}
        </dd>
      </div>
    ))}
  </dl>
);

function RunAgain({ profile, day, busy }: { profile: string; day: string; busy: boolean }) {
  const { pending, act } = useAct(['money']);
  return (
    <Button
      kind="secondary"
      disabled={pending || busy}
      onClick={() => act(() => balanceDay({ profile, day }), `${dayText(day)} is being balanced.`)}
    >
      Balance this day again
    </Button>
  );
}
