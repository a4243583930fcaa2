'use client';
import { Empty } from '@/app/_components/notice';
import { Time } from '@/app/_components/time';
import type { Page } from '@/lib/contracts/common';
import type { WebhookDelivery } from '@/lib/contracts/webhook-deliveries';
import { ListFrame } from '../../money/_parts/list-frame';
import { Table } from '../../money/_parts/table';
import { usePages } from '../../money/_parts/use-pages';
import { DeliveryLink } from '../_parts/delivery-list';
import { DeliveryBadge, triesText } from '../_parts/words';

type Props = { query: Record<string, string>; first: Page<WebhookDelivery>; zone: string; filtered: boolean };

/** Deliveries, newest first, a page at a time; live. */
export function DeliveryLog({ query, first, zone, filtered }: Props) {
  const list = usePages('webhooks/deliveries', query, first);
  const deliveries = list.pages.flatMap((page) => page.data);
  return (
    <ListFrame zone={zone} list={list}>
      {deliveries.length === 0 ? (
        <Empty title={filtered ? 'No delivery matches' : 'Nothing was sent yet'}>
          <p>
            {filtered
              ? 'Choose something else, or reset the filter.'
              : 'What happens from now on is sent to each endpoint that wants it, and shows here.'}
          </p>
        </Empty>
      ) : (
        <Table
          label="Deliveries, newest first"
          columns={['Event', 'State', 'To', 'Tries', 'Next try', 'When']}
          rows={deliveries.map((one) => ({
            key: one.id,
            cells: [
              <DeliveryLink key="event" delivery={one} />,
              <DeliveryBadge key="state" state={one.state} />,
              <span key="to" className="break-all max-lg:text-end">
                {one.url}
              </span>,
              <span key="tries" className="whitespace-nowrap">
                {triesText(one.tries)}
              </span>,
              <span key="next" className="whitespace-nowrap">
                {one.nextTryAt && one.tries > 0 ? <Time at={one.nextTryAt} zone={zone} /> : '–'}
              </span>,
              <span key="at" className="whitespace-nowrap">
                <Time at={one.createdAt} zone={zone} />
              </span>,
            ],
          }))}
        />
      )}
    </ListFrame>
  );
}
