import { type AppError, ERROR_CODES, type Outcome, ok } from '@/core/outcome';
import { activeHeader, ReadError } from '../../_parts/live';

type Tokens = { accessToken: string; refreshToken: string };
/** What a frame is opened with, behind the # of its address. */
export type Opening = { launch: string } | { token: string; refresh: string };

const ROOT = '/api/agent';
const NO_ANSWER: AppError = { code: 'unavailable', message: 'The portal does not answer right now.' };
export const OVER: AppError = {
  code: 'forbidden',
  message: 'This desk’s time is over. Open it anew from your own system.',
};

/**
 * The agent's calls. At a signed-in desk the browser's cookie says who it is; in a frame tokens do, which live in memory alone and
 * are renewed once where the portal no longer takes them. Each refresh is good once: whoever needs it waits for the same.
 */
export class AgentClient {
  private tokens: Tokens | null = null;
  private renewing: Promise<boolean> | null = null;

  constructor(readonly inFrame: boolean) {}

  /** Tokens for what the frame was opened with. */
  async open(opening: Opening): Promise<Outcome<true>> {
    if ('token' in opening) {
      this.tokens = { accessToken: opening.token, refreshToken: opening.refresh };
      return ok(true);
    }
    const outcome = await this.exchange(opening);
    return outcome.ok || outcome.error.code !== 'unauthenticated' ? outcome : { ok: false, error: OVER };
  }

  /** Reads JSON; throws `ReadError`. */
  async read<T>(path: string, signal?: AbortSignal): Promise<T> {
    const response = await this.ask(path, signal ? { signal } : {});
    if (!response.ok) throw new ReadError(await this.refusal(response));
    return (await response.json()) as T;
  }

  /**
   * An act. A refusal is a value; so is no answer, after which nobody knows whether it was done. Under a `key` it may be asked
   * for again: it is done once.
   */
  async act<T>(path: string, input: unknown, key?: string): Promise<Outcome<T>> {
    try {
      const headers = key === undefined ? {} : { 'idempotency-key': key };
      const response = await this.ask(path, { method: 'POST', headers, body: JSON.stringify(input) });
      return response.ok
        ? ok((await response.json()) as T)
        : { ok: false, error: await this.refusal(response) };
    } catch {
      return {
        ok: false,
        error: {
          ...NO_ANSWER,
          message: `${NO_ANSWER.message} ${key === undefined ? 'Look whether it was done before you try again.' : 'Try again: it is done once.'}`,
        },
      };
    }
  }

  /** An answer that streams; throws `ReadError` where it is refused. */
  async stream(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const response = await this.ask(path, { signal, headers: { accept: 'text/event-stream' } });
    if (!response.ok || !response.body) throw new ReadError(await this.refusal(response));
    return response.body;
  }

  private async ask(path: string, init: RequestInit): Promise<Response> {
    const first = await this.send(path, init);
    if (first.status !== 401 || !this.tokens) return first;
    return (await this.renew()) ? this.send(path, init) : first;
  }

  private send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    for (const [name, value] of Object.entries(activeHeader())) headers.set(name, value);
    if (init.body) headers.set('content-type', 'application/json');
    if (this.tokens) headers.set('authorization', `Bearer ${this.tokens.accessToken}`);
    const credentials = this.inFrame ? 'omit' : 'same-origin';
    return fetch(ROOT + path, { ...init, headers, credentials, cache: 'no-store' });
  }

  private renew(): Promise<boolean> {
    const refresh = this.tokens?.refreshToken ?? '';
    this.renewing ??= this.exchange({ refresh })
      .then((outcome) => outcome.ok)
      .finally(() => {
        this.renewing = null;
      });
    return this.renewing;
  }

  private async exchange(given: { launch: string } | { refresh: string }): Promise<Outcome<true>> {
    try {
      const response = await fetch(`${ROOT}/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(given),
        credentials: 'omit',
        cache: 'no-store',
      });
      if (!response.ok) return { ok: false, error: await appError(response) };
      this.tokens = (await response.json()) as Tokens;
      return ok(true);
    } catch {
      return { ok: false, error: NO_ANSWER };
    }
  }

  private async refusal(response: Response): Promise<AppError> {
    const error = await appError(response);
    return error.code === 'unauthenticated' && this.inFrame ? OVER : error;
  }
}

/** A problem as a refusal; an answer that is none means that the portal is not there. */
async function appError(response: Response): Promise<AppError> {
  const problem = (await response.json().catch(() => null)) as {
    code?: unknown;
    detail?: string;
    errors?: AppError['errors'];
  } | null;
  const code = ERROR_CODES.find((known) => known === problem?.code);
  if (!code) return NO_ANSWER;
  const errors = problem?.errors?.length ? { errors: problem.errors } : {};
  return { code, message: problem?.detail ?? NO_ANSWER.message, ...errors };
}

/** What stands behind the # of a frame's address; null where nothing of it is an opening. */
export function openingOf(hash: string): Opening | null {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const [launch, token, refresh] = ['launch', 'token', 'refresh'].map((name) => parts.get(name));
  if (launch) return { launch };
  return token && refresh ? { token, refresh } : null;
}
