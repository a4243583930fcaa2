import { Fragment } from 'react';
import { Badge, type Tone } from '@/app/_components/badge';
import { Card } from '@/app/_components/card';
import { Time } from '@/app/_components/time';
import type { DeliveryState } from '@/core/retry-schedule';
import type { DeliveryView } from '@/lib/payment-links';

const STATES: Record<DeliveryState, [string, Tone]> = {
  pending: ['Pending', 'plain'],
  succeeded: ['Delivered', 'ok'],
  retrying: ['Retrying', 'warn'],
  exhausted: ['Given up', 'bad'],
  disabled: ['Endpoint off', 'warn'],
};

/** Each event on its way to the merchant's endpoints, newest first. */
export function Deliveries({ deliveries, zone }: { deliveries: DeliveryView[]; zone: string }) {
  return (
    <Card id="deliveries" title="Webhook deliveries">
      {deliveries.length === 0 && <p className="text-muted">No endpoint wants these events.</p>}
      <ul
        className="max-h-96 divide-y divide-line overflow-y-auto"
        tabIndex={deliveries.length > 6 ? 0 : undefined}
      >
        {deliveries.map((delivery) => {
          const [label, tone] = STATES[delivery.state as DeliveryState] ?? [delivery.state, 'plain'];
          const { tries, nextTryAt, state } = delivery;
          return (
            <li key={delivery.id} className="py-2.5 first:pt-0 last:pb-0">
              <div className="flex items-start justify-between gap-3">
                <p className="min-w-0 font-mono text-[0.8125rem] break-words">
                  <EventType type={delivery.type} />
                </p>
                <Badge tone={tone}>{label}</Badge>
              </div>
              <p className="truncate text-sm text-muted" title={delivery.url}>
                {tries === 1 ? '1 try' : `${tries} tries`}
                {state === 'retrying' && nextTryAt && (
                  <>
                    , next <Time at={nextTryAt} zone={zone} />
                  </>
                )}{' '}
                · {hostOf(delivery.url)}
              </p>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

/** May be broken after its words, not in them. */
const EventType = ({ type }: { type: string }) =>
  type.split(/(?<=[._])/).map((part) => (
    <Fragment key={part}>
      {part}
      <wbr />
    </Fragment>
  ));

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);
