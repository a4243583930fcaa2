import 'server-only';
import { type Outcome, ok } from '@/core/outcome';
import type { Ctx } from '@/lib/context';
import type { WebhookDelivery } from '@/lib/contracts/webhook-deliveries';
import type { WebhookEndpoint } from '@/lib/contracts/webhooks';
import { listProfileSettings } from '@/lib/payment-profiles';
import {
  type EndpointHealth,
  listWebhookDeliveries,
  listWebhookEndpoints,
  readEndpointHealth,
} from '@/lib/webhooks';

/** An endpoint with the name of the payment profile that it stands for. */
export type NamedEndpoint = WebhookEndpoint & { profileName: string | null };
export type EndpointScreen = EndpointHealth & { endpoint: NamedEndpoint; deliveries: WebhookDelivery[] };

const NEWEST = '10';

async function named(ctx: Ctx, endpoints: WebhookEndpoint[]): Promise<Outcome<NamedEndpoint[]>> {
  const profiles = await listProfileSettings(ctx);
  if (!profiles.ok) return profiles;
  const nameOf = (id: string | null) => profiles.value.find((one) => one.id === id)?.name ?? null;
  return ok(endpoints.map((one) => ({ ...one, profileName: nameOf(one.profile) })));
}

/** All endpoints of this merchant: there are at most 50, and a few of payment profiles. */
export async function readEndpoints(ctx: Ctx): Promise<Outcome<NamedEndpoint[]>> {
  const listed = await listWebhookEndpoints(ctx, { limit: '100' });
  return listed.ok ? named(ctx, listed.value.data) : listed;
}

/** One endpoint, how it is doing, and its newest deliveries. */
export async function readEndpointScreen(ctx: Ctx, id: string): Promise<Outcome<EndpointScreen>> {
  const health = await readEndpointHealth(ctx, id);
  if (!health.ok) return health;
  const [endpoints, deliveries] = await Promise.all([
    named(ctx, [health.value.endpoint]),
    listWebhookDeliveries(ctx, { endpoint: id, limit: NEWEST }),
  ]);
  if (!endpoints.ok) return endpoints;
  if (!deliveries.ok) return deliveries;
  const [endpoint = { ...health.value.endpoint, profileName: null }] = endpoints.value;
  return ok({ ...health.value, endpoint, deliveries: deliveries.value.data });
}
