/** One request to a provider's server API, and what may be told of how it failed: nothing that the provider wrote. */
import * as z from 'zod';
import { holdsCardNumber } from '@/core/card-rules';
import { trace, traceHeaders } from '@/core/trace';
import { routeOf } from './routes';

const BUDGET_MS = 10_000;
const MOST_BYTES = 1_048_576;

/** The provider said no in so many words; anything else that is not an answer leaves the outcome open. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(`the answer was ${status} ${code}`);
  }
}
class Unusable extends Error {}

export type Call = <T>(schema: z.ZodType<T>, path: string, body?: object) => Promise<T>;

const told = z.object({ code: z.string().regex(/^[a-z_]{1,50}$/) });

/** The body, whole and no longer than allowed, as JSON; null where it is none. */
async function jsonOf(response: Response): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Unusable('the answer is too long');
    text += decoder.decode(chunk, { stream: true });
  }
  try {
    return JSON.parse(text + decoder.decode());
  } catch {
    return null;
  }
}

/** POST where there is a body. Throws for whatever is not a whole answer in the right shape, within `budgetMs`. */
export const caller =
  (url: string, apiKey: string, budgetMs = BUDGET_MS): Call =>
  (schema, path, body) =>
    trace({ name: body ? 'POST' : 'GET', kind: 'client', route: routeOf(path) }, async (span) => {
      const response = await fetch(`${url}${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', ...traceHeaders() },
        ...(body && { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(budgetMs),
      });
      span.note({ 'http.response.status_code': response.status });
      const json = await jsonOf(response);
      if (!response.ok) throw new Refused(response.status, told.safeParse(json).data?.code ?? 'unknown');
      const answer = schema.safeParse(json);
      if (!answer.success) throw new Unusable('the answer is not in a shape that we understand');
      return answer.data;
    });

/** Why a request gave no answer, in our words: messages of parsers and sockets may quote what was received. */
export function reasonOf(error: unknown): string {
  if (error instanceof Refused || error instanceof Unusable) return error.message;
  if (!(error instanceof Error)) return 'no answer';
  if (error.name === 'TimeoutError') return 'no answer in time';
  const code = (error.cause as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? `no answer: ${code}` : 'no answer';
}

/** A provider's own id: kept and shown, so nothing else may pass for one. */
export const gatewayId = z
  .string()
  .regex(/^[\w.:-]{1,100}$/)
  .refine((id) => !holdsCardNumber(id));

/** A gateway's words for a reason: short, and not with a card number in them. */
export const gatewayReason = z
  .string()
  .transform((text) => (holdsCardNumber(text) ? 'unnamed' : text.slice(0, 200)));
