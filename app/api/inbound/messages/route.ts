import { STATUS_OF } from '@/lib/contracts/problem';
import { portalEnv } from '@/lib/env';
import { recordMessageOutcome } from '@/lib/messages/record-outcome';
import { receiveWebhook } from '@/lib/webhooks/receive';
import { newRequestId, services } from '../../../_server/services';

/** A messaging provider reports what became of a message. A message we do not know is not worth a repeat: 204. */
export async function POST(request: Request): Promise<Response> {
  const received = await receiveWebhook(services(), request, portalEnv().MESSAGING_WEBHOOK_SECRET);
  if (!received.ok) return new Response(null, { status: received.status });
  const outcome = await recordMessageOutcome(services(), newRequestId(), received.json);
  const status = outcome.ok || outcome.error.code === 'not_found' ? 204 : STATUS_OF[outcome.error.code];
  return new Response(null, { status });
}
