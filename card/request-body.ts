import type { IncomingMessage } from 'node:http';
import { wipe } from './card-bytes';

export const MAX_BODY_BYTES = 4096;
export const BODY_TIMEOUT_MS = 5_000;

/**
 * The whole body in a buffer of its own, every received chunk wiped at once; 408 after `timeoutMs`, 413 past the limit,
 * 400 when the sender goes away. Whoever takes the buffer wipes it.
 */
export function readBody(
  request: IncomingMessage,
  timeoutMs = BODY_TIMEOUT_MS,
): Promise<Buffer | 400 | 408 | 413> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return Promise.resolve(413);
  return new Promise((resolve) => {
    const body = Buffer.alloc(MAX_BODY_BYTES);
    let length = 0;
    const settle = (result: Buffer | 400 | 408 | 413) => {
      clearTimeout(timer);
      request.off('data', take).off('end', done).off('error', gone).off('close', gone);
      request.on('error', () => {});
      if (typeof result === 'number') wipe(body);
      resolve(result);
    };
    const take = (chunk: Buffer) => {
      const fits = length + chunk.length <= MAX_BODY_BYTES;
      if (fits) length += chunk.copy(body, length);
      wipe(chunk);
      if (!fits) settle(413);
    };
    const done = () => settle(body.subarray(0, length));
    const gone = () => settle(400);
    const timer = setTimeout(() => settle(408), timeoutMs);
    request.on('data', take).on('end', done).on('error', gone).on('close', gone);
  });
}
