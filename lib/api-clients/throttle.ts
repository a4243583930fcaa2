import { API_RATE } from '@/core/api-rate';
import { takeApiToken } from '@/db/queries/api-rate';
import type { Ctx } from '../context';

/** What a client may still ask now, for the headers of its answer. */
export type Allowance = { admitted: boolean; limit: number; remaining: number; resetSeconds: number };

/** Takes one request from the budget of the API client that acts, over all processes. */
export async function takeRequest({ db, merchantId, actor }: Ctx): Promise<Allowance> {
  if (actor.kind !== 'api_client') throw new Error('only API clients have a budget of requests');
  const { perSecond, burst } = API_RATE;
  const seconds = await takeApiToken(db, { merchantId, clientId: actor.id }, API_RATE);
  const used = seconds === null ? burst : Math.ceil(seconds * perSecond);
  return {
    admitted: seconds !== null,
    limit: burst,
    remaining: Math.max(0, burst - used),
    resetSeconds: Math.ceil(seconds ?? burst / perSecond),
  };
}
