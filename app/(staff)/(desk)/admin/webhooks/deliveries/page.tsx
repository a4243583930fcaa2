import type { Metadata } from 'next';
import { staffCtx } from '@/app/_server/staff';
import { listWebhookDeliveries } from '@/lib/webhooks';
import { BackLink } from '../../../_parts/back-link';
import { PageHead } from '../../money/_parts/page-head';
import { Refused } from '../_parts/refused';
import { readEndpoints } from '../read';
import { DeliveryLog } from './delivery-log';
import { filterFrom } from './filter';
import { FilterForm } from './filter-form';

export const metadata: Metadata = { title: 'Webhook deliveries' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function DeliveriesPage({ searchParams }: Props) {
  const { ctx, session } = await staffCtx();
  const filter = filterFrom(await searchParams);
  const query = { ...filter, limit: '50' };
  const [first, endpoints] = await Promise.all([listWebhookDeliveries(ctx, query), readEndpoints(ctx)]);
  if (!first.ok) return <Refused error={first.error} />;
  if (!endpoints.ok) return <Refused error={endpoints.error} />;
  return (
    <>
      <BackLink href="/admin/webhooks" label="Webhooks" />
      <PageHead title="Webhook deliveries">
        <p>Every event on its way to an endpoint, and what became of it, newest first.</p>
      </PageHead>
      <div className="space-y-5">
        <FilterForm key={JSON.stringify(filter)} filter={filter} endpoints={endpoints.value} />
        <DeliveryLog
          key={JSON.stringify(query)}
          query={query}
          first={first.value}
          zone={session.timeZone}
          filtered={Object.keys(filter).length > 0}
        />
      </div>
    </>
  );
}
