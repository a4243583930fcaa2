import Link from 'next/link';
import { Empty } from '@/app/_components/notice';
import { Time } from '@/app/_components/time';
import type { WebhookDelivery } from '@/lib/contracts/webhook-deliveries';
import { DeliveryBadge, triesText } from './words';

/** Events on their way to one endpoint, newest first, each with the way to its requests and answers. */
export function DeliveryList({ deliveries, zone }: { deliveries: WebhookDelivery[]; zone: string }) {
  if (deliveries.length === 0)
    return (
      <Empty title="Nothing was sent yet">
        <p>What happens from now on is sent and shows here.</p>
      </Empty>
    );
  return (
    <ul className="divide-y divide-line" aria-label="Deliveries, newest first">
      {deliveries.map((one) => (
        <li key={one.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5">
          <div className="min-w-0">
            <DeliveryLink delivery={one} />
            <p className="text-sm text-muted">
              <Time at={one.createdAt} zone={zone} /> · {triesText(one.tries)}
              {one.nextTryAt && one.tries > 0 && (
                <>
                  , next <Time at={one.nextTryAt} zone={zone} />
                </>
              )}
            </p>
          </div>
          <DeliveryBadge state={one.state} />
        </li>
      ))}
    </ul>
  );
}

/** The way to a delivery's requests and answers, under the type of its event. */
export const DeliveryLink = ({ delivery: { id, eventType } }: { delivery: WebhookDelivery }) => (
  <Link
    href={`/admin/webhooks/deliveries/${id}`}
    prefetch={false}
    className="font-mono text-[0.8125rem] font-medium text-accent max-lg:break-all lg:break-words underline underline-offset-2"
  >
    {eventType}
  </Link>
);
