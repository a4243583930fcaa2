import { STATUS_OF } from '@/lib/contracts/problem';
import { portalEnv } from '@/lib/env';
import { receiveSms } from '@/lib/opt-outs';
import { receiveWebhook } from '@/lib/webhooks/receive';
import { newRequestId, services } from '../../../_server/services';

/** A carrier passes on what a customer has written. */
export async function POST(request: Request): Promise<Response> {
  const received = await receiveWebhook(services(), request, portalEnv().MESSAGING_WEBHOOK_SECRET);
  if (!received.ok) return new Response(null, { status: received.status });
  const outcome = await receiveSms(services(), newRequestId(), received.json);
  return new Response(null, { status: outcome.ok ? 204 : STATUS_OF[outcome.error.code] });
}
