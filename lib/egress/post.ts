import type { LookupFunction } from 'node:net';
import { Agent, buildConnector, type Dispatcher, request } from 'undici';
import { type Address, checkUrl, type Resolve } from './guard';

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
      answer: string;
      cut: 'too_large' | 'too_slow' | 'broken' | null;
    }
  | { kind: 'failed'; stage: 'before' | 'during'; reason: string };

export type PostOptions = { allow: readonly string[]; resolve?: Resolve; budgets?: Budgets };

/** Dials only the addresses that were checked; the name stays for TLS and the Host header. */
const pinned = (addresses: Address[]): LookupFunction =>
  ((_hostname, options, done) => {
    const [first] = addresses;
    if (options.all) done(null, addresses);
    else if (first) done(null, first.address, first.family);
    else done(new Error('no address'), '', 0);
  }) as LookupFunction;

/**
 * One POST to an address that a customer gave: guarded, within budgets, never redirected, decompressed or proxied.
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
  const checked = await checkUrl(url, options.allow, options.resolve);
  if (!checked.ok) return { kind: 'failed', stage: 'before', reason: `refused: ${checked.reason}` };
  const { addresses } = checked.target;
  let connected = false;
  const connector = buildConnector({ timeout: budgets.connectMs, lookup: pinned(addresses) });
  const agent = new Agent({
    connect: (opts, done) =>
      connector(opts, (error, socket) => {
        if (error) return done(error, null);
        connected = true;
        done(null, socket);
      }),
    headersTimeout: budgets.headersMs,
    bodyTimeout: 0,
    pipelining: 0,
  });
  try {
    const answer = await request(checked.target.url, {
      method: 'POST',
      headers,
      body: Buffer.from(body),
      dispatcher: agent,
      signal,
    });
    return await readAnswer(answer, budgets);
  } catch (error) {
    return { kind: 'failed', stage: connected ? 'during' : 'before', reason: reasonOf(error) };
  } finally {
    agent.destroy().catch(() => {});
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
    answer: Buffer.concat(kept).toString('utf8'),
    cut,
  };
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';

/** A short word for the log: the system's code where there is one. Never the address or a stack. */
function reasonOf(error: unknown): string {
  if (isTimeout(error)) return 'no answer in time';
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const code = first instanceof Error && 'code' in first ? String(first.code) : '';
  return code || (first instanceof Error ? first.message.slice(0, 200) : 'unknown');
}
