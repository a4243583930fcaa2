import 'server-only';
import { receiveNotification } from '@/lib/gateway-notifications';
import { errorText } from '@/lib/log';
import { readText } from './body';
import { newRequestId, services } from './services';

const MOST_BYTES = 262_144;
const LOG_EVERY_MS = 10_000;
const refusals = { count: 0, toldAt: Number.NEGATIVE_INFINITY };

/** Refusals are anybody's to cause: told at most once in ten seconds, with how many there were. */
function noteRefusal(requestId: string): void {
  refusals.count += 1;
  const now = performance.now();
  if (now - refusals.toldAt < LOG_EVERY_MS) return;
  services().log.warn('gateway_notification_refused', { requestId, count: refusals.count });
  Object.assign(refusals, { count: 0, toldAt: now });
}

const empty = (status: number): Response =>
  new Response(null, { status, headers: { 'cache-control': 'no-store' } });

/**
 * A gateway's notification: at most 256 kB of raw bytes, verified before anything is parsed, acknowledged with 204 only when
 * it is committed. Whatever is wrong with it, and whoever it is for, the refusal is the same 401.
 */
export async function answerNotification(request: Request, profile: string): Promise<Response> {
  const requestId = newRequestId();
  try {
    const body = await readText(request, MOST_BYTES);
    const headers = Object.fromEntries(request.headers);
    const outcome =
      body === null ? null : await receiveNotification(services(), requestId, { profile, headers, body });
    if (outcome?.ok) return empty(204);
    noteRefusal(requestId);
    return empty(401);
  } catch (error) {
    services().log.error('gateway_notification_failed', { requestId, error: errorText(error) });
    return empty(503);
  }
}
