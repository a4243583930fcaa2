import 'server-only';
import type { Outcome } from '@/core/outcome';
import type { Ctx } from '@/lib/context';
import { STATUS_OF } from '@/lib/contracts/problem';
import type { Answer } from '@/lib/idempotency';
import {
  type BatchBody,
  dropPaymentLinkBatch,
  receivePaymentLinkBatch,
  startPaymentLinkBatch,
} from '@/lib/payment-link-batches';
import { answerOnce, apiCall, queryOf } from './api';
import { csvFile } from './csv-file';
import { type Problem, problemBody, problemOf, respondProblem } from './problem';

const UNSUPPORTED: Problem = {
  code: 'unsupported_media_type',
  detail: 'Send the body as application/json or text/csv, in UTF-8.',
};

/** The form of a body that is read as a stream; null where it is none of ours. */
function formatOf(request: Request): BatchBody['format'] | null {
  const type = request.headers.get('content-type') ?? '';
  const [, name, charset = 'utf-8'] = /^([\w/]+)(?:;.*?\bcharset="?([\w-]+))?/i.exec(type) ?? [];
  if (!/^utf-?8$/i.test(charset)) return null;
  if (name?.toLowerCase() === 'application/json') return 'json';
  return name?.toLowerCase() === 'text/csv' ? 'csv' : null;
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/**
 * POST of a batch: its rows are taken in as they come, and then begun. A key is taken only once they are all there, so what
 * was sent under a key that has its answer is forgotten again.
 */
export const apiBatch = (request: Request): Promise<Response> =>
  apiCall(request, async (call) => {
    const { ctx, requestId } = call;
    const format = formatOf(request);
    if (!format) return respondProblem(UNSUPPORTED, requestId);
    const { searchParams } = new URL(request.url);
    const body = { format, chunks: request.body ?? nothing() };
    const received = await receivePaymentLinkBatch(ctx, queryOf(request), body);
    if (!received.ok) return respondProblem(problemOf(received.error), requestId);
    const { id, digest } = received.value;
    let begun = false;
    try {
      const whole = `POST ${format} ${searchParams}\n${digest}`;
      return await answerOnce(request, call, whole, async (inner): Promise<Answer> => {
        const outcome = await startPaymentLinkBatch(inner, id);
        begun = outcome.ok;
        if (outcome.ok) return { status: 202, body: JSON.stringify(outcome.value) };
        const problem = problemOf(outcome.error);
        return { status: STATUS_OF[problem.code], body: problemBody(problem, requestId) };
      });
    } finally {
      if (!begun) await dropPaymentLinkBatch(ctx, id);
    }
  });

/** A file that is made while it is sent, as fast as it is taken. One that cannot be finished breaks off. */
export const apiFile = (
  request: Request,
  name: string,
  verb: (ctx: Ctx) => Promise<Outcome<AsyncGenerator<string>>>,
): Promise<Response> =>
  apiCall(request, async ({ ctx, requestId }) => {
    const outcome = await verb(ctx);
    if (!outcome.ok) return respondProblem(problemOf(outcome.error), requestId);
    return csvFile(name, outcome.value, requestId);
  });
