import { acknowledge, type Claim, type ClaimWish, claimDeliveries } from '@/db/queries/webhooks';
import type { Services } from '../context';
import { errorText } from '../log';
import { systemCtx } from '../system';
import type { Delivered } from './deliver';
import { DISABLE_AFTER_MS, disableWebhookEndpoint } from './disable';

export type { Claim };

/** Takes due deliveries of all merchants, each under a lease and a fence. */
export const claim = (services: Services, wish: ClaimWish): Promise<Claim[]> =>
  claimDeliveries(services.db, wish);

/**
 * Writes outcomes and their log, then switches off the endpoints that answered 410 or have failed for five days. Returns
 * how many outcomes were refused because somebody else had taken the delivery meanwhile.
 */
export async function settle(services: Services, batch: readonly Delivered[]): Promise<{ fenced: number }> {
  const done = await acknowledge(
    services.db,
    batch.map(({ ack }) => ack),
  );
  const gone = new Set(batch.filter((one) => one.gone).map(({ ack }) => ack.id));
  const off = new Map<string, { merchantId: number; reason: string }>();
  for (const { id, endpointId, merchantId, failingMs } of done) {
    if (gone.has(id)) off.set(endpointId, { merchantId, reason: 'the receiver answered 410' });
    else if (failingMs >= DISABLE_AFTER_MS)
      off.set(endpointId, { merchantId, reason: 'every try failed for five days' });
  }
  for (const [endpoint, { merchantId, reason }] of off) {
    try {
      await disableWebhookEndpoint(systemCtx(services, merchantId, 'worker'), endpoint, reason);
      services.log.warn('webhook_endpoint_disabled', { merchantId, endpoint, error: reason });
    } catch (error) {
      services.log.error('webhook_disable_failed', { merchantId, endpoint, error: errorText(error) });
    }
  }
  return { fenced: batch.length - done.length };
}
