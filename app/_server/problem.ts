import 'server-only';
import type { AppError } from '@/core/outcome';
import { type Problem as Body, type ProblemCode, STATUS_OF, TITLES } from '@/lib/contracts/problem';
import type { Answer } from '@/lib/idempotency';
import { services } from './services';

export type Problem = {
  code: ProblemCode;
  detail: string;
  errors?: AppError['errors'];
  retryAfterSeconds?: number;
};

/** RFC 9457. `type` is an address of our documentation. */
export function problemBody({ code, detail, errors = [] }: Problem, requestId: string): string {
  const status = STATUS_OF[code];
  const type = `${services().config.portalUrl}/developers/problems/${code}`;
  const body: Body = { type, title: TITLES[status] ?? 'Error', status, detail, code, requestId, errors };
  return JSON.stringify(body);
}

/** An unexpected error: one sentence, and the request id beside it. */
export const INTERNAL: Problem = {
  code: 'internal',
  detail: 'Something went wrong on our side. Try again, and name the request id if it stays.',
};

export const problemOf = ({ code, message, errors, retryAfterSeconds }: AppError): Problem => ({
  code,
  detail: message,
  ...(errors && { errors }),
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
});

export function respond(answer: Answer, requestId: string, more: Record<string, string> = {}): Response {
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

export function respondProblem(problem: Problem, requestId: string): Response {
  const status = STATUS_OF[problem.code];
  const retry = problem.retryAfterSeconds;
  const more: Record<string, string> = retry === undefined ? {} : { 'retry-after': String(retry) };
  if (status === 401) more['www-authenticate'] = 'Bearer';
  return respond({ status, body: problemBody(problem, requestId) }, requestId, more);
}
