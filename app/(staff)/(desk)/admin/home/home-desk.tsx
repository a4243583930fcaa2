'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Card } from '@/app/_components/card';
import { countOf, moneyText } from '@/app/_components/format';
import { Empty } from '@/app/_components/notice';
import { PERIODS, type Period } from '@/core/figures';
import type { Home } from '@/lib/contracts/home';
import { LIVE_MS, readBy, readJson } from '../../_parts/live';
import { LiveDot, ReadProblem } from '../../_parts/live-state';
import { useLiveRead } from '../../_parts/use-live';
import { Waiting } from '../../_parts/waiting';
import { LinkRef } from '../money/_parts/link-ref';
import { DailyChart } from './daily-chart';
import { Funnel } from './funnel';
import { HOME_NEEDS } from './needs';
import { Ways } from './ways';

/** What is no link's, as an endpoint that fails, and what only the clock changes. */
const BESIDE_MS = 5 * LIVE_MS;

type Props = { first: Home; period: Period; zone: string };

/** What needs somebody now, then how the links of a period did. All of it is live. */
export function HomeDesk({ first, period, zone }: Props) {
  const queryKey = ['home', period];
  const live = useLiveRead(queryKey, LIVE_MS);
  const { data: home, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => readJson<Home>(`/api/staff/home?days=${period}`, signal),
    initialData: first,
    ...readBy(live, BESIDE_MS),
  });
  return (
    <div className="space-y-8">
      <section aria-labelledby="needs" className="space-y-4">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h1 id="needs" className="text-2xl font-semibold tracking-tight">
            What needs you
          </h1>
          <LiveDot error={error} live={live} />
        </div>
        <ReadProblem error={error} />
        <Outstanding outstanding={home.outstanding} />
        <NeedList home={home} />
      </section>
      <section aria-labelledby="figures" className="space-y-4">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <div>
            <h2 id="figures" className="text-xl font-semibold tracking-tight">
              How your links do
            </h2>
            <p className="text-sm text-muted">Days in {zone.replaceAll('_', ' ')}, with today</p>
          </div>
          <Periods current={period} />
        </div>
        <DailyChart days={home.days} />
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <Funnel funnel={home.funnel} medianSeconds={home.medianSeconds} />
          <Ways ways={home.ways} />
        </div>
      </section>
    </div>
  );
}

const Outstanding = ({ outstanding }: Pick<Home, 'outstanding'>) => (
  <Card
    id="outstanding"
    title="Outstanding"
    aside={
      <Link href="/admin?status=active" prefetch={false} className="text-accent underline underline-offset-2">
        See the links
      </Link>
    }
  >
    {outstanding.length === 0 ? (
      <p className="text-muted">No open link: nobody owes you a payment.</p>
    ) : (
      <ul className="flex flex-wrap gap-x-10 gap-y-3">
        {outstanding.map(({ currency, links, amountMinor }) => (
          <li key={currency}>
            <p className="text-2xl font-semibold tabular-nums">{moneyText({ amountMinor, currency })}</p>
            <p className="text-sm text-muted">
              {links === 1 ? 'on 1 open link' : `on ${countOf(links)} open links`}
            </p>
          </li>
        ))}
      </ul>
    )}
  </Card>
);

function NeedList({ home: { needs, troubled } }: { home: Home }) {
  const waiting = HOME_NEEDS.filter(({ need }) => needs[need] > 0);
  if (waiting.length === 0)
    return (
      <Empty title="Nothing needs you">
        <p>Every message arrived, no outcome is unknown, and no link is about to end.</p>
      </Empty>
    );
  return (
    <ul className="grid gap-3 lg:grid-cols-2">
      {waiting.map(({ need, path, title, what }) => (
        <Waiting key={need} path={path} title={title} what={what} count={needs[need]}>
          {(need === 'undelivered' || need === 'declinedTwice') && (
            <ul className="relative mt-1 flex flex-wrap gap-x-4 text-sm">
              {troubled[need].map(({ id, name }) => (
                <li key={id}>
                  <LinkRef id={id} name={name} />
                </li>
              ))}
            </ul>
          )}
        </Waiting>
      ))}
    </ul>
  );
}

const Periods = ({ current }: { current: Period }) => (
  <nav aria-label="Period">
    <ul className="flex gap-1.5">
      {PERIODS.map((days) => (
        <li key={days}>
          <Link
            href={`/admin/home?days=${days}`}
            prefetch={false}
            scroll={false}
            aria-current={days === current ? 'true' : undefined}
            className="inline-flex min-h-9 items-center rounded-full border border-line bg-surface px-3.5 text-sm font-medium whitespace-nowrap text-muted hover:text-ink aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:text-accent"
          >
            {days} days
          </Link>
        </li>
      ))}
    </ul>
  </nav>
);
