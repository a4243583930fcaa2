import 'server-only';
import type { AppError, Outcome } from '@/core/outcome';
import { refuse } from '@/core/outcome';
import { apiKeyCtx } from '@/lib/api-keys';
import type { Ctx } from '@/lib/context';
import { STATUS_OF } from '@/lib/contracts/problem';
import { type Answer, idempotently } from '@/lib/idempotency';
import { errorText } from '@/lib/log';
import { clientAddress, newRequestId, services } from './services';

const MOST_BYTES = 65_536;
const MOST_DEPTH = 8;

const TITLES: Record<number, string> = {
  400: 'Malformed request',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Invalid',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Unavailable',
};

type Problem = {
  status: number;
  code: string;
  detail: string;
  errors?: AppError['errors'];
  retryAfterSeconds?: number;
};

/** RFC 9457. `type` is an address of our documentation. */
function problemBody(problem: Problem, requestId: string): string {
  const { status, code, detail, errors } = problem;
  return JSON.stringify({
    type: `${services().config.portalUrl}/developers/problems/${code}`,
    title: TITLES[status] ?? 'Error',
    status,
    detail,
    code,
    requestId,
    errors: errors ?? [],
  });
}

const problemOf = (error: AppError): Problem => ({
  status: STATUS_OF[error.code],
  code: error.code,
  detail: error.message,
  ...(error.errors && { errors: error.errors }),
  ...(error.retryAfterSeconds !== undefined && { retryAfterSeconds: error.retryAfterSeconds }),
});

function respond(answer: Answer, requestId: string, more: Record<string, string> = {}): Response {
  return new Response(answer.body, {
    status: answer.status,
    headers: {
      'content-type': answer.status >= 400 ? 'application/problem+json' : 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'request-id': requestId,
      ...more,
    },
  });
}

function respondProblem(problem: Problem, requestId: string): Response {
  const retry = problem.retryAfterSeconds;
  const more: Record<string, string> = retry === undefined ? {} : { 'retry-after': String(retry) };
  if (problem.status === 401) more['www-authenticate'] = 'Bearer';
  return respond({ status: problem.status, body: problemBody(problem, requestId) }, requestId, more);
}

const UNAUTHENTICATED: Problem = {
  status: 401,
  code: 'unauthenticated',
  detail: 'Send a valid API key as "Authorization: Bearer cf_…".',
};

/** One API call: key → context → `work` → JSON or a problem. An unexpected error becomes one sentence and its request id. */
async function apiCall(
  request: Request,
  work: (ctx: Ctx, requestId: string) => Promise<Response>,
): Promise<Response> {
  const requestId = newRequestId();
  const { log } = services();
  const started = performance.now();
  let status = 500;
  try {
    const key = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
    const ctx = key ? await apiKeyCtx(services(), key, requestId) : null;
    const response = ctx
      ? await work({ ...ctx, address: clientAddress(request.headers) }, requestId)
      : respondProblem(UNAUTHENTICATED, requestId);
    status = response.status;
    return response;
  } catch (error) {
    log.error('api_failed', { requestId, error: errorText(error) });
    const detail = 'Something went wrong on our side. Try again, and name the request id if it stays.';
    return respondProblem({ status: 500, code: 'internal', detail }, requestId);
  } finally {
    log.info('api_request', {
      requestId,
      method: request.method,
      route: new URL(request.url).pathname.replace(/plink_[a-z0-9]+/, '{id}'),
      status,
      ms: Math.round(performance.now() - started),
    });
  }
}

/** A read: the verb's value as JSON. */
export const apiRead = (request: Request, verb: (ctx: Ctx) => Promise<Outcome<unknown>>): Promise<Response> =>
  apiCall(request, async (ctx, requestId) => {
    const outcome = await verb(ctx);
    if (!outcome.ok) return respondProblem(problemOf(outcome.error), requestId);
    return respond({ status: 200, body: JSON.stringify(outcome.value) }, requestId);
  });

/** A write, with `Idempotency-Key` honoured where one is sent: the same key and body get the same bytes. */
export const apiWrite = (
  request: Request,
  status: number,
  verb: (ctx: Ctx, input: unknown) => Promise<Outcome<unknown>>,
): Promise<Response> =>
  apiCall(request, async (ctx, requestId) => {
    const read = await readBody(request);
    if ('status' in read) return respondProblem(read, requestId);
    const work = async (inner: Ctx): Promise<Answer> => {
      const outcome = await verb(inner, read.input);
      if (outcome.ok) return { status, body: JSON.stringify(outcome.value) };
      const problem = problemOf(outcome.error);
      return { status: problem.status, body: problemBody(problem, requestId) };
    };
    const key = request.headers.get('idempotency-key');
    if (key === null) return respond(await work(ctx), requestId);
    if (key.length < 1 || key.length > 255)
      return respondProblem(
        problemOf(refuse('invalid', 'Idempotency-Key must have 1 to 255 characters.').error),
        requestId,
      );
    const path = new URL(request.url).pathname;
    const result = await idempotently(ctx, { path, key, body: read.text }, work);
    if (result.kind === 'answer')
      return respond(result.answer, requestId, result.replayed ? { 'idempotency-replayed': 'true' } : {});
    return respondProblem(problemOf(result.kind === 'in_flight' ? IN_FLIGHT : MISMATCH), requestId);
  });

const IN_FLIGHT: AppError = {
  code: 'idempotency_in_flight',
  message: 'A request with this Idempotency-Key is still running.',
  retryAfterSeconds: 1,
};
const MISMATCH: AppError = {
  code: 'idempotency_mismatch',
  message: 'This Idempotency-Key was used with another request body.',
};

/** The JSON body of a write: at most 64 kB, at most 8 levels deep. An act without a body reads as {}. */
async function readBody(request: Request): Promise<{ text: string; input: unknown } | Problem> {
  const text = await readText(request);
  if (text === null) return { status: 413, code: 'too_large', detail: 'The body is larger than 64 kB.' };
  if (text === '') return { text, input: {} };
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? ''))
    return { status: 415, code: 'unsupported_media_type', detail: 'Send the body as application/json.' };
  try {
    const input: unknown = JSON.parse(text);
    if (depthOf(input) > MOST_DEPTH)
      return { status: 400, code: 'malformed', detail: 'The body is nested too deep.' };
    return { text, input };
  } catch {
    return { status: 400, code: 'malformed', detail: 'The body is not JSON.' };
  }
}

async function readText(request: Request): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request.body ?? []) {
    bytes += part.length;
    if (bytes > MOST_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

/** A path that is there, asked by a method that it does not have. */
export const notAllowed = (): Response =>
  respondProblem(
    { status: 405, code: 'method_not_allowed', detail: 'This path does not take that method.' },
    newRequestId(),
  );

/** A path that is not there. */
export const notFound = (): Response =>
  respondProblem({ status: 404, code: 'not_found', detail: 'There is no such path.' }, newRequestId());

/** A query string as an object; a name given twice is refused by the schema, as a list. */
export function queryOf(request: Request): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  const { searchParams } = new URL(request.url);
  for (const name of new Set(searchParams.keys())) {
    const values = searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return query;
}
