import { EVENT_TYPES, type EventType } from '@/core/events';
import { isId } from '@/core/ids';
import { DELIVERY_STATES, type DeliveryState } from '@/core/retry-schedule';

/** What is chosen on the screen, under the names that the verb has for it. */
export type LogFilter = { status?: DeliveryState; types?: EventType; endpoint?: string };

/** The filter that an address asks for. What it does not know, it leaves out. */
export function filterFrom(query: Record<string, string | string[] | undefined>): LogFilter {
  const status = DELIVERY_STATES.find((known) => known === query.status);
  const types = EVENT_TYPES.find((known) => known === query.types);
  const { endpoint } = query;
  return {
    ...(status && { status }),
    ...(types && { types }),
    ...(typeof endpoint === 'string' && isId('webhookEndpoint', endpoint) && { endpoint }),
  };
}

/** Where the log stands with this filter. */
export function logAddress(filter: LogFilter): string {
  const query = new URLSearchParams(filter).toString();
  return query ? `/admin/webhooks/deliveries?${query}` : '/admin/webhooks/deliveries';
}
