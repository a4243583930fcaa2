'use client';
import { useQuery } from '@tanstack/react-query';
import { StatusBadge } from '@/app/_components/badge';
import { Card } from '@/app/_components/card';
import { linkAmount } from '@/app/_components/format';
import { Notice } from '@/app/_components/notice';
import { Ago, Time } from '@/app/_components/time';
import type { PaymentLink } from '@/lib/contracts/payment-links';
import type { LinkHistory } from '@/lib/payment-links';
import { readBy, readJson } from '../../../_parts/live';
import { LiveDot, ReadProblem } from '../../../_parts/live-state';
import { useLiveRead } from '../../../_parts/use-live';
import { Attempts } from './attempts';
import { Deliveries } from './deliveries';
import { Facts } from './facts';
import { LinkActs } from './link-acts';
import { Messages } from './messages';
import { MoneyBack } from './money-back';
import { Reminders } from './reminders';
import { Share } from './share';
import { Standing } from './standing';
import { Timeline } from './timeline';

/** An act changes several rows one after the other: they are read together. */
const DETAIL_GAP_MS = 300;
/** What is not the link's own: its profile's settings, a wish for no more messages. */
const BESIDE_MS = 30_000;

type Props = { first: LinkHistory; zone: string; issued: boolean };

/** Everything about one link, live: what to give the customer, what can be done, and what has happened. */
export function LinkDetail({ first, zone, issued }: Props) {
  const { id } = first.link;
  const queryKey = ['payment-link', id];
  const live = useLiveRead(queryKey, DETAIL_GAP_MS, id);
  const history = useQuery({
    queryKey,
    queryFn: ({ signal }) => readJson<LinkHistory>(`/api/staff/payment-links/${id}`, signal),
    initialData: first,
    ...readBy(live, BESIDE_MS),
  });
  const { link, events, attempts, refunds, disputes, messages, deliveries, reminders } = history.data;
  const usable = link.status === 'active' || link.status === 'partially_paid';
  return (
    <div className="space-y-5">
      <Header link={link} zone={zone} error={history.error} live={live} />
      <ReadProblem error={history.error} />
      {issued && link.status === 'active' && (
        <Notice tone="ok">
          The link is issued.{' '}
          {messages.length > 0
            ? 'It is on its way to the customer; each message’s outcome shows here.'
            : 'It was not sent: copy it, or send it from here.'}
        </Notice>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0 space-y-5">
          <Standing history={history.data} zone={zone} />
          {usable && <Share link={link} />}
          <LinkActs history={history.data} zone={zone} />
          <Attempts attempts={attempts} zone={zone} />
          {refunds.length + disputes.length > 0 && (
            <MoneyBack refunds={refunds} disputes={disputes} attempts={attempts} zone={zone} />
          )}
          <Card id="timeline" title="What has happened">
            <Timeline events={events} zone={zone} />
          </Card>
        </div>
        <div className="min-w-0 space-y-5">
          <Facts link={link} zone={zone} />
          <Messages messages={messages} zone={zone} />
          <Reminders link={id} reminders={reminders} zone={zone} />
          <Deliveries deliveries={deliveries} zone={zone} />
        </div>
      </div>
    </div>
  );
}

type HeaderProps = { link: PaymentLink; zone: string; error: Error | null; live: boolean };

function Header({ link, zone, error, live }: HeaderProps) {
  const open = ['active', 'processing', 'locked', 'partially_paid'].includes(link.status);
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <h1 className="text-3xl font-semibold tracking-tight tabular-nums" suppressHydrationWarning>
            {linkAmount(link)}
          </h1>
          <span aria-live="polite">
            <StatusBadge status={link.status} />
          </span>
        </div>
        <p className="mt-1 text-muted">
          {link.paidAt ? (
            <>
              Paid <Time at={link.paidAt} zone={zone} style="long" />
            </>
          ) : link.canceledAt ? (
            <>
              Canceled <Time at={link.canceledAt} zone={zone} style="long" />
            </>
          ) : (
            <>
              {open ? 'Pay by ' : 'Could be paid until '}
              <Time at={link.expiresAt} zone={zone} style="long" />
              {open && (
                <>
                  , <Ago at={link.expiresAt} />
                </>
              )}
            </>
          )}
        </p>
      </div>
      <LiveDot error={error} live={live} />
    </header>
  );
}
