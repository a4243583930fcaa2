'use client';
import type { AppError } from '@/core/outcome';

/** How often a page that is looked at asks again. */
export const LIVE_MS = 2000;

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

/** Reads JSON of this portal. Throws `ReadError`. */
export async function readJson<T>(path: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(path, { headers: activeHeader(), signal, cache: 'no-store' });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  const error = (body as { error?: AppError } | null)?.error;
  throw new ReadError(error ?? { code: 'unavailable', message: 'The portal does not answer right now.' });
}
