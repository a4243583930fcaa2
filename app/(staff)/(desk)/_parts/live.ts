'use client';
import { type AppError, ERROR_CODES } from '@/core/outcome';

/** How often a page that is looked at asks again, where no stream tells it when. */
export const LIVE_MS = 2000;
/** The same while its stream is lost. */
export const LOST_MS = 5000;

type Read = { state: { status: string } };

/** How a query is read while a stream tells of changes: not by the clock, as long as it answers. The stream's begin reads it first. */
export const readBy = (live: boolean, everyMs: number | false = false) => ({
  refetchInterval: ({ state }: Read) => (live && state.status !== 'error' ? everyMs : LOST_MS),
  refetchOnMount: false,
  refetchOnWindowFocus: false,
});

export class ReadError extends Error {
  constructor(readonly error: AppError) {
    super(error.message);
  }
}

let acted = false;
if (typeof window !== 'undefined')
  for (const gesture of ['pointerdown', 'keydown', 'wheel'] as const)
    window.addEventListener(gesture, () => (acted = true), { passive: true });

/** Says along, with a read, whether a person did something since the last: only that keeps a session from idling out. */
export function activeHeader(): Record<string, string> {
  const headers: Record<string, string> = acted ? { 'x-counterfoil-active': '1' } : {};
  acted = false;
  return headers;
}

const NO_ANSWER: AppError = { code: 'unavailable', message: 'The portal does not answer right now.' };

/** Reads JSON of this portal. Throws `ReadError`. */
export async function readJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, { headers: activeHeader(), signal: signal ?? null, cache: 'no-store' });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  throw new ReadError((body as { error?: AppError } | null)?.error ?? NO_ANSWER);
}

/** Opens a stream of this portal. Throws `ReadError`. */
export async function openStream(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const response = await fetch(path, { headers: activeHeader(), signal, cache: 'no-store' });
  if (response.ok && response.body) return response.body;
  const problem = (await response.json().catch(() => null)) as { code?: string; detail?: string } | null;
  const code = ERROR_CODES.find((known) => known === problem?.code);
  throw new ReadError(code ? { code, message: problem?.detail ?? NO_ANSWER.message } : NO_ANSWER);
}
