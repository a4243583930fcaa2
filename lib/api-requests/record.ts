import { insertApiRequests, type NewApiRequest } from '@/db/queries/api-requests';
import type { Services } from '../context';
import { errorText } from '../log';
import { keptText, maskInput, maskProblem } from './mask';

/** A call that was answered, as it came: nothing is masked yet. */
export type Answered = {
  merchantId: number;
  requestId: string;
  client: { id: string; name: string };
  method: string;
  path: string;
  query: Record<string, unknown>;
  operation: string | null;
  input: unknown;
  status: number;
  problem: Record<string, unknown> | null;
  durationMs: number;
  address: string;
  userAgent: string | null;
  idempotencyKey: string | null;
  replayed: boolean;
};
type Waiting = Omit<NewApiRequest, 'ageMs'> & { since: number };

const EVERY_MS = 250;
const BATCH = 200;
/** What waits beyond this is let go: a log is not worth the memory of the process. */
const MOST_WAITING = 2_000;

function rowOf(one: Answered): Waiting {
  const { merchantId, requestId, client, operation, status, problem, durationMs, replayed } = one;
  return {
    merchantId,
    id: requestId,
    clientId: client.id,
    clientName: client.name,
    method: one.method,
    path: keptText(one.path),
    query: maskInput(one.query) as Record<string, unknown>,
    operation,
    body: one.input === undefined ? null : maskInput(one.input),
    status,
    code: typeof problem?.code === 'string' ? problem.code : null,
    problem: problem && maskProblem(problem),
    durationMs,
    address: keptText(one.address, 64),
    userAgent: one.userAgent && keptText(one.userAgent),
    idempotencyKey: one.idempotencyKey && keptText(one.idempotencyKey, 255),
    replayed,
    since: performance.now() - durationMs,
  };
}

/** Writes what API clients asked in batches, after the answer: a request never waits for it and never fails by it. */
export class RequestLog {
  private waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | null = null;
  private working: Promise<void> = Promise.resolve();

  constructor(private readonly services: Pick<Services, 'db' | 'log'>) {}

  /** Keeps one for the next batch. */
  add(answered: Answered): void {
    if (this.waiting.length >= MOST_WAITING) return;
    this.waiting.push(rowOf(answered));
    this.timer ??= setTimeout(() => void this.flush(), EVERY_MS);
  }

  /** Writes all that waits; ends when it is written, or let go because the database does not take it. */
  flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.working = this.working.then(() => this.write());
    return this.working;
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH);
      const now = performance.now();
      const rows = batch.map(({ since, ...row }) => ({ ...row, ageMs: now - since }));
      try {
        await insertApiRequests(this.services.db, rows);
      } catch (error) {
        this.services.log.warn('api_requests_lost', { count: rows.length, error: errorText(error) });
      }
    }
  }
}
