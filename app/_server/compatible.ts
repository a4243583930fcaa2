import 'server-only';
import { type Outcome, refuse } from '@/core/outcome';
import { apiClientCtx, takeRequest, UNAUTHENTICATED } from '@/lib/api-clients';
import { type CompatibleError, errorOf, type Told } from '@/lib/compatible';
import type { Ctx } from '@/lib/context';
import { COMPATIBLE_CODES } from '@/lib/contracts/compatible';
import { errorText } from '@/lib/log';
import { isPassing } from '@/lib/transact';
import { type Method, rateHeaders, refusingMethods } from './api';
import { readJson } from './api-body';
import { respond } from './problem';
import { type Heard, noteRequest } from './request-log';
import { bearerOf, clientAddress, newRequestId, services } from './services';

const INTERNAL: CompatibleError = {
  code: 'INTERNAL',
  message: 'Something went wrong on our side. Try again.',
};
const UNAVAILABLE: CompatibleError = {
  code: 'UNAVAILABLE',
  message: 'This cannot be done at the moment. Nothing was changed; try again.',
  retryAfterSeconds: 1,
};
const RATE_LIMITED: CompatibleError = {
  code: 'RATE_LIMITED',
  message: 'This client has made more requests than it may.',
  retryAfterSeconds: 1,
};

/** `{error: {code, message}}`, as plain JSON: clients of that API know no problem documents. */
function respondError({ code, message, retryAfterSeconds }: CompatibleError, requestId: string): Response {
  const status = COMPATIBLE_CODES[code];
  return respond({ status, body: JSON.stringify({ error: { code, message } }) }, requestId, {
    'content-type': 'application/json',
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  });
}

type Work = (ctx: Ctx, input: unknown) => Promise<Told<unknown>>;

/** One call of the Vonage-compatible surface: token → `work` on the body → JSON with `status`, or an error in its form. */
export async function compatibleCall(request: Request, status: number, work: Work): Promise<Response> {
  const requestId = newRequestId();
  const { log } = services();
  const started = performance.now();
  const heard: Heard = {};
  const response = await answered(request, requestId, heard, { status, work }).catch((error: unknown) => {
    log.error('compatible_failed', { requestId, error: errorText(error) });
    return respondError(isPassing(error) ? UNAVAILABLE : INTERNAL, requestId);
  });
  const durationMs = Math.round(performance.now() - started);
  const route = new URL(request.url).pathname.replace(/^(\/v1\/session\/).+$/, '$1[guid]');
  log.info('compatible_request', {
    ...{ requestId, method: request.method, route, status: response.status, ms: durationMs },
  });
  noteRequest(heard, response, { request, operation: undefined, durationMs });
  return response;
}

async function answered(
  request: Request,
  requestId: string,
  heard: Heard,
  { status, work }: { status: number; work: Work },
): Promise<Response> {
  const client = await clientOf(request, requestId);
  if (!client.ok) return respondError(errorOf(client.error), requestId);
  const ctx = client.value;
  heard.ctx = ctx;
  const allowance = await takeRequest(ctx);
  const answer = allowance.admitted
    ? await workedOn(request, heard, ctx, work)
    : { ok: false as const, error: RATE_LIMITED };
  const response = answer.ok
    ? respond({ status, body: JSON.stringify(answer.value) }, requestId)
    : respondError(answer.error, requestId);
  for (const [name, value] of Object.entries(rateHeaders(allowance))) response.headers.set(name, value);
  return response;
}

async function clientOf(request: Request, requestId: string): Promise<Outcome<Ctx>> {
  const bearer = bearerOf(request.headers);
  if (!bearer) return refuse('unauthenticated', UNAUTHENTICATED);
  return apiClientCtx(services(), bearer, { requestId, address: clientAddress(request.headers) });
}

async function workedOn(request: Request, heard: Heard, ctx: Ctx, work: Work): Promise<Told<unknown>> {
  if (request.method === 'GET') return work(ctx, undefined);
  const read = await readJson(request);
  if ('code' in read) return { ok: false, error: { code: 'INVALID_REQUEST', message: read.detail } };
  heard.input = read.input;
  return work(ctx, read.input);
}

/** The methods that a path of that surface does not have, refused in its words. */
export const compatibleMethods = (...own: Method[]): Record<Method, () => Response> =>
  refusingMethods(own, (message) => respondError({ code: 'METHOD_NOT_ALLOWED', message }, newRequestId()));
