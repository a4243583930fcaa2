import { alertPercent, DISABLE_AFTER_MS } from '@/core/retry-schedule';
import {
  type Claim,
  type ClaimWish,
  claimDeliveries,
  type LaneName,
  type Place,
  scanWaiting,
  type Waiting,
  type Wanted,
} from '@/db/queries/webhook-claims';
import { type Acknowledged, acknowledge } from '@/db/queries/webhooks';
import type { Services } from '../context';
import { errorText } from '../log';
import { systemCtx } from '../system';
import type { Delivered } from './deliver';
import { disableFailedEndpoint } from './disable';
import { endEndpointAlert, raiseEndpointAlert } from './failing';

export type { Claim, LaneName, Place, Waiting, Wanted };

/** Endpoints of all merchants for which something waits in a lane, in a ring: those behind `after`. */
export const scan = (
  services: Services,
  lane: LaneName,
  after: Place | null,
  limit: number,
): Promise<Waiting[]> => scanWaiting(services.db, lane, after, limit);

/** Takes due deliveries of the endpoints wanted, each under a lease and a fence. */
export const claim = (services: Services, wish: ClaimWish): Promise<Claim[]> =>
  claimDeliveries(services.db, wish);

/**
 * Writes outcomes and their log, then switches off the endpoints that answered 410 or have failed for five days, and tells
 * operators of those that are on the way there. Returns how many outcomes were refused because somebody else had taken
 * the delivery meanwhile.
 */
export async function settle(services: Services, batch: readonly Delivered[]): Promise<{ fenced: number }> {
  const done = await acknowledge(
    services.db,
    batch.map(({ ack }) => ack),
  );
  const gone = new Set(batch.filter((one) => one.gone).map(({ ack }) => ack.id));
  const byEndpoint = new Map<string, Acknowledged & { isGone: boolean }>();
  for (const one of done) {
    const isGone = gone.has(one.id) || byEndpoint.get(one.endpointId)?.isGone === true;
    byEndpoint.set(one.endpointId, { ...one, isGone });
  }
  for (const one of byEndpoint.values()) await careFor(services, one);
  return { fenced: batch.length - done.length };
}

/** What follows for the endpoint. A failure here is told and undoes nothing: the next outcome comes here again. */
async function careFor(services: Services, one: Acknowledged & { isGone: boolean }): Promise<void> {
  const { merchantId, endpointId: endpoint, failingMs, alertedPercent } = one;
  const ctx = systemCtx(services, merchantId, 'worker');
  try {
    if (one.recovered) await endEndpointAlert(ctx, endpoint);
    const percent = alertPercent(failingMs);
    if (percent > alertedPercent) await raiseEndpointAlert(ctx, endpoint, percent);
    const reason = one.isGone
      ? 'the receiver answered 410'
      : failingMs >= DISABLE_AFTER_MS && 'every try failed for five days';
    if (!reason) return;
    await disableFailedEndpoint(ctx, endpoint, reason);
    services.log.warn('webhook_endpoint_disabled', { merchantId, endpoint, error: reason });
  } catch (error) {
    services.log.error('webhook_care_failed', { merchantId, endpoint, error: errorText(error) });
  }
}
