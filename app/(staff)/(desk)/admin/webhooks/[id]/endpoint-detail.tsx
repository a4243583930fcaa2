'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { buttonClass } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { LIVE_MS, readJson } from '../../../_parts/live';
import { LiveDot, ReadProblem } from '../../../_parts/live-state';
import { DeliveryList } from '../_parts/delivery-list';
import { EndpointBadge, placeOf } from '../_parts/words';
import { logAddress } from '../deliveries/filter';
import type { EndpointScreen } from '../read';
import { EndpointActs } from './endpoint-acts';
import { EndpointFacts } from './endpoint-facts';
import { EndpointStanding } from './endpoint-standing';

type Props = { first: EndpointScreen; zone: string; mayAct: boolean };

/** Everything about one endpoint, live: how it is doing, what can be done, and its newest deliveries. */
export function EndpointDetail({ first, zone, mayAct }: Props) {
  const { id } = first.endpoint;
  const { data, error } = useQuery({
    queryKey: ['webhooks', 'endpoint', id],
    queryFn: ({ signal }) => readJson<EndpointScreen>(`/api/staff/webhooks/endpoints/${id}`, signal),
    initialData: first,
    refetchInterval: LIVE_MS,
  });
  const { endpoint } = data;
  return (
    <div className="space-y-5">
      <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1">
          <h1 className="min-w-0 text-2xl font-semibold tracking-tight break-all">{placeOf(endpoint)}</h1>
          <span aria-live="polite">
            <EndpointBadge state={endpoint.state} />
          </span>
        </div>
        <LiveDot error={error} />
      </header>
      <ReadProblem error={error} />
      <EndpointStanding screen={data} zone={zone} />
      {mayAct && <EndpointActs screen={data} zone={zone} />}
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card
          id="deliveries"
          title="The newest deliveries"
          aside={
            <Link href={logAddress({ endpoint: id })} prefetch={false} className={buttonClass('quiet')}>
              All of its deliveries
            </Link>
          }
        >
          <DeliveryList deliveries={data.deliveries} zone={zone} />
        </Card>
        <Card id="facts" title="Endpoint">
          <EndpointFacts endpoint={endpoint} zone={zone} />
        </Card>
      </div>
    </div>
  );
}
