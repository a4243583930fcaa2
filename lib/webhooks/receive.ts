import { readNow } from '@/db/clock';
import type { Services } from '../context';
import { isTimely, signedAt } from './sign';

const MOST_BYTES = 262_144;

export type Received = { ok: true; json: unknown } | { ok: false; status: 400 | 401 | 413 };

/**
 * An incoming webhook: the raw bytes, at most 256 kB, whose signature (Standard Webhooks, ±300 s of the database's clock)
 * was verified before anything is parsed. `secrets` is one secret, or two with a comma between them while one replaces the other.
 */
export async function receiveWebhook(
  { db }: Pick<Services, 'db'>,
  request: Request,
  secrets: string,
): Promise<Received> {
  const bytes = await readBytes(request);
  if (!bytes) return { ok: false, status: 413 };
  const headers = Object.fromEntries(request.headers);
  const at = secrets
    .split(',')
    .map((secret) => signedAt(secret.trim(), headers, bytes))
    .find((one) => one !== null);
  if (!at || !isTimely(at, await readNow(db))) return { ok: false, status: 401 };
  try {
    return { ok: true, json: JSON.parse(bytes.toString('utf8')) };
  } catch {
    return { ok: false, status: 400 };
  }
}

async function readBytes(request: Request): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) return Buffer.concat(chunks);
    size += part.value.length;
    chunks.push(part.value);
    if (size > MOST_BYTES) {
      await reader?.cancel();
      return null;
    }
  }
}
