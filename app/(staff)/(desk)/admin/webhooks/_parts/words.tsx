import { Badge, type Tone } from '@/app/_components/badge';
import type { EndpointKind } from '@/core/crm';
import type { DeliveryState } from '@/core/retry-schedule';
import type { WebhookEndpoint } from '@/lib/contracts/webhooks';
import type { NamedEndpoint } from '../read';

const ENDPOINTS: Record<WebhookEndpoint['state'], [string, Tone]> = {
  enabled: ['On', 'ok'],
  failing: ['Failing', 'bad'],
  paused: ['Paused', 'warn'],
  disabled: ['Off', 'plain'],
};
export function EndpointBadge({ state }: { state: WebhookEndpoint['state'] }) {
  const [label, tone] = ENDPOINTS[state];
  return <Badge tone={tone}>{label}</Badge>;
}

const DELIVERIES: Record<DeliveryState, [string, Tone]> = {
  pending: ['On its way', 'info'],
  succeeded: ['Delivered', 'ok'],
  retrying: ['To be tried again', 'warn'],
  exhausted: ['Given up', 'bad'],
  disabled: ['Endpoint off', 'plain'],
};
export const deliveryText = (state: DeliveryState): string => DELIVERIES[state][0];
export const DeliveryBadge = ({ state }: { state: DeliveryState }) => (
  <Badge tone={DELIVERIES[state][1]}>{deliveryText(state)}</Badge>
);

/** Where an endpoint sends to, in words. */
export const placeOf = ({ url, profileName }: NamedEndpoint): string =>
  url ?? `Callbacks of ${profileName ?? 'a payment profile'}`;

/** What an endpoint of a payment profile is; null for an ordinary one. */
export const kindText = ({ kind, profileName }: NamedEndpoint): string | null => KINDS[kind](profileName);
const KINDS: Record<EndpointKind, (profileName: string | null) => string | null> = {
  events: () => null,
  callbacks: () => 'The callback address of each link',
  write_back: (name) => `Write-back of ${name ?? 'a payment profile'}`,
  compatible: (name) => `Vonage-compatible webhook of ${name ?? 'a payment profile'}`,
};

/** How often a delivery was tried, in words. */
export const triesText = (tries: number): string => (tries === 1 ? '1 try' : `${tries} tries`);
