import 'server-only';
import type { Outcome } from '@/core/outcome';
import { receiveNotification } from '@/lib/gateway-notifications';
import { errorText } from '@/lib/log';
import { receiveCallNews } from '@/lib/payment-sessions';
import { readText } from './body';
import { newRequestId, services } from './services';
import { driveLater } from './sessions';

const MOST_BYTES = 262_144;
const LOG_EVERY_MS = 10_000;
const refusals = { count: 0, toldAt: Number.NEGATIVE_INFINITY };

/** Refusals are anybody's to cause: told at most once in ten seconds, with how many there were. */
function noteRefusal(requestId: string): void {
  refusals.count += 1;
  const now = performance.now();
  if (now - refusals.toldAt < LOG_EVERY_MS) return;
  services().log.warn('notification_refused', { requestId, count: refusals.count });
  Object.assign(refusals, { count: 0, toldAt: now });
}

const empty = (status: number): Response =>
  new Response(null, { status, headers: { 'cache-control': 'no-store' } });

type Posted = { headers: Record<string, string>; body: string };

/**
 * A provider's notification: at most 256 kB of raw bytes, verified before anything is parsed, acknowledged with 204 only when
 * it is committed. Whatever is wrong with it, and whoever it is for, the refusal is the same 401.
 */
async function answerPosted(
  request: Request,
  receive: (requestId: string, posted: Posted) => Promise<Outcome<unknown>>,
): Promise<Response> {
  const requestId = newRequestId();
  try {
    const body = await readText(request, MOST_BYTES);
    const headers = Object.fromEntries(request.headers);
    const outcome = body === null ? null : await receive(requestId, { headers, body });
    if (outcome?.ok) return empty(204);
    noteRefusal(requestId);
    return empty(401);
  } catch (error) {
    services().log.error('notification_failed', { requestId, error: errorText(error) });
    return empty(503);
  }
}

/** What a payment profile's gateway tells by itself. */
export const answerNotification = (request: Request, profile: string): Promise<Response> =>
  answerPosted(request, (requestId, posted) =>
    receiveNotification(services(), requestId, { profile, ...posted }),
  );

/** What a telephony provider tells of a call: applied, and what follows from it is done behind the answer. */
export const answerCallNews = (request: Request, account: string): Promise<Response> =>
  answerPosted(request, async (requestId, posted) => {
    const told = await receiveCallNews(services(), requestId, { account, ...posted });
    if (told.ok) for (const id of told.value.sessions) driveLater(told.value.ctx, id);
    return told;
  });
