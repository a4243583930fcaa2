import 'server-only';
import { type Answered, RequestLog } from '@/lib/api-requests';
import type { Ctx, Services } from '@/lib/context';
import type { Operation } from '@/lib/contracts/operations';
import { queryOf } from './query';
import { services } from './services';

/** What a call has told by the time it is answered: who asked, and what was sent. */
export type Heard = { ctx?: Ctx; input?: unknown };

const logs = new WeakMap<Services, RequestLog>();

/** The log of API requests: one for each process. */
export function requestLog(): RequestLog {
  const known = logs.get(services()) ?? new RequestLog(services());
  logs.set(services(), known);
  return known;
}

type Ended = { request: Request; operation: Operation | undefined; durationMs: number };

/**
 * Notes a call that was answered, for the log. Not one without a client, which is nobody's, nor one refused for its rate,
 * which could come faster than it is written. Never throws.
 */
export function noteRequest({ ctx, input }: Heard, response: Response, ended: Ended): void {
  const { status, headers } = response;
  if (ctx?.actor.kind !== 'api_client' || status === 429) return;
  const { request, operation, durationMs } = ended;
  const answered: Omit<Answered, 'problem'> = {
    merchantId: ctx.merchantId,
    requestId: ctx.requestId,
    client: { id: ctx.actor.id, name: ctx.actor.name },
    method: request.method,
    path: new URL(request.url).pathname,
    query: queryOf(request),
    operation: operation?.id ?? null,
    input,
    status,
    durationMs,
    address: ctx.address ?? 'unknown',
    userAgent: request.headers.get('user-agent'),
    idempotencyKey: request.headers.get('idempotency-key'),
    replayed: headers.get('idempotency-replayed') === 'true',
  };
  const log = requestLog();
  const problem = status < 400 ? Promise.resolve(null) : response.clone().json();
  problem.catch(() => null).then((told) => log.add({ ...answered, problem: told }));
}
