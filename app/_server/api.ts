import 'server-only';
import * as z from 'zod';
import { type AppError, type Outcome, ok, refuse } from '@/core/outcome';
import { type Allowance, apiClientCtx, takeRequest, UNAUTHENTICATED } from '@/lib/api-clients';
import { authorize } from '@/lib/authorize';
import type { Ctx } from '@/lib/context';
import { API_ROOT, type Operation, operationOf } from '@/lib/contracts/operations';
import { STATUS_OF } from '@/lib/contracts/problem';
import { type Answer, answering, idempotently, type PreparedWork, type Work } from '@/lib/idempotency';
import { errorText } from '@/lib/log';
import { parseInput, refuseCardNumber } from '@/lib/parse';
import { type Act, type Doing, isPassing } from '@/lib/transact';
import { readJson } from './api-body';
import { INTERNAL, type Problem, problemBody, problemOf, respond, respondProblem } from './problem';
import { queryOf } from './query';
import { type Heard, noteRequest } from './request-log';
import { bearerOf, clientAddress, newRequestId, services } from './services';

export { queryOf };

export type Call = { ctx: Ctx; operation: Operation | undefined; requestId: string; heard: Heard };

const UNAVAILABLE: Problem = {
  code: 'unavailable',
  detail: 'This cannot be done at the moment. Nothing was changed; try again.',
  retryAfterSeconds: 1,
};
const RATE_LIMITED: Problem = {
  code: 'rate_limited',
  detail: 'This key has made more requests than it may.',
  retryAfterSeconds: 1,
};

const operationFor = (request: Request): Operation | undefined =>
  operationOf(request.method === 'HEAD' ? 'GET' : request.method, new URL(request.url).pathname);

/** One API call: key or token → scope → `work` → JSON or a problem. An unexpected error becomes one sentence and its request id. */
export async function apiCall(request: Request, work: (call: Call) => Promise<Response>): Promise<Response> {
  const requestId = newRequestId();
  const { log } = services();
  const started = performance.now();
  const operation = operationFor(request);
  const heard: Heard = {};
  const response = await admitted(request, { operation, requestId, heard }, work).catch((error: unknown) => {
    log.error('api_failed', { requestId, error: errorText(error) });
    return respondProblem(isPassing(error) ? UNAVAILABLE : INTERNAL, requestId);
  });
  const durationMs = Math.round(performance.now() - started);
  log.info('api_request', {
    requestId,
    method: request.method,
    route: operation ? API_ROOT + operation.path : `${API_ROOT}/[...]`,
    status: response.status,
    ms: durationMs,
  });
  noteRequest(heard, response, { request, operation, durationMs });
  return response;
}

/** Who, how often, which scope and which parameters, before anything is read: a stored answer too is only for those who may ask for it. */
async function admitted(
  request: Request,
  { operation, requestId, heard }: Omit<Call, 'ctx'>,
  work: (call: Call) => Promise<Response>,
): Promise<Response> {
  const bearer = bearerOf(request.headers);
  const from = { requestId, address: clientAddress(request.headers) };
  const client = bearer
    ? await apiClientCtx(services(), bearer, from)
    : refuse('unauthenticated', UNAUTHENTICATED);
  if (!client.ok) return respondProblem(problemOf(client.error), requestId);
  const ctx = client.value;
  heard.ctx = ctx;
  const allowance = await takeRequest(ctx);
  const allowed = operation ? admits(ctx, operation, request) : ok(true);
  const response = !allowance.admitted
    ? respondProblem(RATE_LIMITED, requestId)
    : allowed.ok
      ? await work({ ctx, operation, requestId, heard })
      : respondProblem(problemOf(allowed.error), requestId);
  for (const [name, value] of Object.entries(rateHeaders(allowance))) response.headers.set(name, value);
  return response;
}

/** The scope; and a query only where the operation takes one, whose verb then judges it by name. */
function admits(ctx: Ctx, { scope, query }: Operation, request: Request): Outcome<unknown> {
  const allowed = scope ? authorize(ctx, scope) : ok(true);
  return allowed.ok && !query ? refuseQuery(request) : allowed;
}

export const rateHeaders = ({ limit, remaining, resetSeconds }: Allowance): Record<string, string> => ({
  'ratelimit-limit': String(limit),
  'ratelimit-remaining': String(remaining),
  'ratelimit-reset': String(resetSeconds),
});

/** A read: the verb's value as JSON. */
export const apiRead = (request: Request, verb: (ctx: Ctx) => Promise<Outcome<unknown>>): Promise<Response> =>
  apiCall(request, async ({ ctx, requestId }) => {
    const outcome = await verb(ctx);
    if (!outcome.ok) return respondProblem(problemOf(outcome.error), requestId);
    return respond({ status: 200, body: JSON.stringify(outcome.value) }, requestId);
  });

type Verb = (ctx: Ctx, input: unknown) => Promise<Outcome<unknown>>;
/** A verb that asks outside the database: `prepare` asks, and gives what is left to be done. */
export type PreparedVerb<T = unknown> = { prepare: (ctx: Ctx, input: unknown) => Promise<Outcome<Act<T>>> };

/** A write, with `Idempotency-Key` honoured where one is sent: the same key and body get the same bytes. */
export const apiWrite = (request: Request, status: number, verb: Verb | PreparedVerb): Promise<Response> =>
  apiCall(request, async ({ ctx, operation, requestId, heard }) => {
    const read = await readJson(request);
    if ('code' in read) return respondProblem(read, requestId);
    if (read.text !== '') heard.input = read.input;
    const { input } = read;
    const fields = operation && !operation.body ? refuseFields(input) : ok(true);
    const wanted: Doing<unknown> =
      typeof verb === 'function'
        ? (inner) => verb(inner, input)
        : { prepare: (outer) => verb.prepare(outer, input) };
    const doing = fields.ok ? wanted : async () => fields;
    const body = `${request.method} ${request.headers.get('if-match') ?? ''}\n${read.text}`;
    return answerOnce(
      request,
      { ctx, operation, requestId },
      body,
      answering(doing, (outcome) => answerOf(outcome, status, requestId)),
    );
  });

/** What a verb has come to, as it goes over the wire and may be kept. */
export function answerOf(outcome: Outcome<unknown>, status: number, requestId: string): Answer {
  if (outcome.ok) return { status, body: JSON.stringify(outcome.value) };
  const problem = problemOf(outcome.error);
  return { status: STATUS_OF[problem.code], body: problemBody(problem, requestId) };
}

/** The answer of `work`, or the stored one where this key has one. `body` is all that a repetition must have in common. */
export async function answerOnce(
  request: Request,
  { ctx, operation, requestId }: Omit<Call, 'heard'>,
  body: string,
  work: Work | PreparedWork,
): Promise<Response> {
  const key = request.headers.get('idempotency-key');
  if (key === null) {
    const act = typeof work === 'function' ? work : await work.prepare(ctx);
    return respond(await act(ctx), requestId);
  }
  const usable = checkKey(key);
  if (!usable.ok) return respondProblem(problemOf(usable.error), requestId);
  const path = new URL(request.url).pathname;
  const tellsSecret = operation?.tellsSecret === true;
  const result = await idempotently(ctx, { path, key, body, tellsSecret }, work);
  if (result.kind === 'answer')
    return respond(result.answer, requestId, result.replayed ? { 'idempotency-replayed': 'true' } : {});
  return respondProblem(problemOf(result.kind === 'in_flight' ? IN_FLIGHT : MISMATCH), requestId);
}

/** An act that takes nothing refuses what it is given, by name. */
const refuseFields = (input: unknown) => parseInput(NOTHING, input);
const NOTHING = z.strictObject({});

/** A path that takes no parameters refuses those that it is given, by name. */
export const refuseQuery = (request: Request): Outcome<unknown> => refuseFields(queryOf(request));

function checkKey(key: string): Outcome<true> {
  if (key.length < 1 || key.length > 255)
    return refuse('invalid', 'Idempotency-Key must have 1 to 255 characters.');
  return refuseCardNumber({ 'Idempotency-Key': key });
}

const IN_FLIGHT: AppError = {
  code: 'idempotency_in_flight',
  message: 'A request with this Idempotency-Key is still running.',
  retryAfterSeconds: 1,
};
const MISMATCH: AppError = {
  code: 'idempotency_mismatch',
  message: 'This Idempotency-Key was used with another request body.',
};

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export type Method = (typeof METHODS)[number];

/** The handlers of the methods that a path does not have: 405 with `Allow`. GET brings HEAD; OPTIONS answers for all. */
export const otherMethods = (...own: Method[]): Record<Method, () => Response> =>
  refusingMethods(own, (detail) => respondProblem({ code: 'method_not_allowed', detail }, newRequestId()));

/** The same with a refusal in other words. */
export function refusingMethods(
  own: readonly Method[],
  refusal: (detail: string) => Response,
): Record<Method, () => Response> {
  const has = (method: Method): boolean =>
    own.includes(method) || method === 'OPTIONS' || (method === 'HEAD' && own.includes('GET'));
  const allow = METHODS.filter(has).join(', ');
  const refused = (): Response => {
    const response = refusal(`This path takes ${allow}.`);
    response.headers.set('allow', allow);
    return response;
  };
  const options = (): Response => new Response(null, { status: 204, headers: { allow } });
  return {
    ...{ GET: refused, HEAD: refused, POST: refused, PUT: refused, PATCH: refused, DELETE: refused },
    OPTIONS: options,
  };
}

/** A path that is not there. */
export const notFound = (): Response =>
  respondProblem({ code: 'not_found', detail: 'There is no such path.' }, newRequestId());

/** The version that `If-Match: "3"` names; null without the header, and one that no object has where it names none. */
export function versionOf(request: Request): number | null {
  const header = request.headers.get('if-match');
  return header === null ? null : Number(/^"(\d{1,9})"$/.exec(header)?.[1] ?? -1);
}
