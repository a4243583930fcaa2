import { DecoratorHandler, type Dispatcher, type Pool } from 'undici';
import { Connections, openPool } from './connections';
import { checkUrl, type Resolve } from './guard';

export type Budgets = {
  connectMs: number;
  headersMs: number;
  totalMs: number;
  /** Bytes of the answer's body that are read before the connection is cut. */
  readBytes: number;
  /** Bytes of it that are kept. */
  keepBytes: number;
};
export const BUDGETS: Budgets = {
  connectMs: 5_000,
  headersMs: 10_000,
  totalMs: 20_000,
  readBytes: 65_536,
  keepBytes: 4_096,
};

/**
 * How far a failed request came. `before`: provably not a byte of it was sent. `during`: it may have been received.
 * An answer whose status arrived is an answer; `cut` says why its body was not read to the end.
 */
export type PostResult =
  | {
      kind: 'answered';
      status: number;
      retryAfter: string | null;
      headers: Record<string, string>;
      answer: string;
      cut: 'too_large' | 'too_slow' | 'broken' | null;
    }
  | {
      kind: 'failed';
      stage: 'before' | 'during';
      reason: string;
      /** A budget of time was over. */
      late: boolean;
    };

export type PostOptions = {
  allow: readonly string[];
  resolve?: Resolve;
  budgets?: Budgets;
  method?: 'GET' | 'POST' | 'PUT';
  /** Over a connection of its own, so that it is never sent a second time. */
  once?: boolean;
};

const kept = new Connections();

/**
 * One POST, or another method, to an address that a customer gave: guarded, within budgets, never redirected, decompressed or proxied. Its
 * connection is kept for the next; one that the other side has closed meanwhile is replaced at once.
 * Never throws; the result says what is known.
 */
export async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  options: PostOptions,
): Promise<PostResult> {
  const budgets = options.budgets ?? BUDGETS;
  const signal = AbortSignal.timeout(budgets.totalMs);
  const checked = await checkUrl(url, options.allow, options.resolve, budgets.totalMs);
  if (!checked.ok)
    return {
      kind: 'failed',
      stage: 'before',
      reason: `refused: ${checked.reason}`,
      late: checked.late ?? false,
    };
  const { target } = checked;
  const method = options.method ?? 'POST';
  const exchange = { url: target.url, method, headers, body, budgets, signal };
  if (!options.once) {
    const { pool, wasUsed } = kept.to(target, budgets.connectMs);
    const first = await send(pool, exchange);
    if (!wasUsed || !first.closed) return first.result;
  }
  const fresh = openPool(target, budgets.connectMs);
  try {
    return (await send(fresh, exchange)).result;
  } finally {
    fresh.destroy().catch(() => {});
  }
}

type Exchange = {
  url: URL;
  method: 'GET' | 'POST' | 'PUT';
  headers: Record<string, string>;
  body: string;
  budgets: Budgets;
  signal: AbortSignal;
};

/** Sends once. `closed`: the other side ended the connection without a byte of an answer. */
async function send(pool: Pool, exchange: Exchange): Promise<{ result: PostResult; closed: boolean }> {
  const { url, method, headers, body, budgets, signal } = exchange;
  let begun = false;
  const noting: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) =>
    dispatch(
      options,
      new Noted(handler, () => {
        begun = true;
      }),
    );
  try {
    const answer = await pool.compose(noting).request({
      method,
      path: url.pathname + url.search,
      headers,
      body,
      headersTimeout: budgets.headersMs,
      signal,
    });
    return { result: await readAnswer(answer, budgets), closed: false };
  } catch (error) {
    const reason = reasonOf(error);
    return {
      result: { kind: 'failed', stage: begun ? 'during' : 'before', reason, late: isLate(error) },
      closed: begun && CLOSED.has(reason),
    };
  }
}

const CLOSED: ReadonlySet<string> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** The published types leave its methods out. */
const Decorator = DecoratorHandler as unknown as new (
  handler: Dispatcher.DispatchHandler,
) => { onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void };

/** Tells when a request has a connection, before its first byte. */
class Noted extends Decorator {
  constructor(
    handler: Dispatcher.DispatchHandler,
    private readonly note: () => void,
  ) {
    super(handler);
  }

  override onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    this.note();
    super.onRequestStart(controller, context);
  }
}

async function readAnswer(response: Dispatcher.ResponseData, budgets: Budgets): Promise<PostResult> {
  const kept: Buffer[] = [];
  let read = 0;
  let cut: 'too_large' | 'too_slow' | 'broken' | null = null;
  try {
    for await (const chunk of response.body as AsyncIterable<Buffer>) {
      if (read < budgets.keepBytes) kept.push(chunk.subarray(0, budgets.keepBytes - read));
      read += chunk.length;
      if (read > budgets.readBytes) {
        cut = 'too_large';
        break;
      }
    }
  } catch (error) {
    cut = isTimeout(error) ? 'too_slow' : 'broken';
  }
  const retryAfter = response.headers['retry-after'];
  return {
    kind: 'answered',
    status: response.statusCode,
    retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
    headers: headersOf(response.headers),
    answer: Buffer.concat(kept).toString('utf8'),
    cut,
  };
}

const MOST_HEADERS = 20;

/** The first headers of an answer, without cookies. */
const headersOf = (headers: Dispatcher.ResponseData['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name !== 'set-cookie')
      .slice(0, MOST_HEADERS)
      .map(([name, value]) => [name.slice(0, 64), String(value).slice(0, 200)]),
  );

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';

const LATE = /^UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT$/;
const isLate = (error: unknown): boolean =>
  isTimeout(error) || (error instanceof Error && 'code' in error && LATE.test(String(error.code)));

/** A short word for the log: the system's code where there is one. Never the address or a stack. */
function reasonOf(error: unknown): string {
  if (isTimeout(error)) return 'no answer in time';
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const code = first instanceof Error && 'code' in first ? String(first.code) : '';
  return code || (first instanceof Error ? first.message.slice(0, 200) : 'unknown');
}
