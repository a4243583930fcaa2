'use client';
import { type Outcome, refuse } from '@/core/outcome';

/** Sends a CSV file to this portal; its answer, or why it has none. */
export async function sendCsv<T>(path: string, file: Blob): Promise<Outcome<T>> {
  const none = refuse('unavailable', 'The portal does not answer. Try again.');
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: file,
    });
    const body: unknown = await response.json();
    if (response.ok) return { ok: true, value: body as T };
    const { error } = body as { error?: { code: 'invalid'; message: string } };
    return error ? { ok: false, error } : none;
  } catch {
    return none;
  }
}
