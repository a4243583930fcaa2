import { request } from 'node:http';

export type Reply = { status: number; body: Record<string, unknown>; location: string };
type Call = { url: string; method?: 'GET' | 'POST' | 'PUT'; headers?: Record<string, string>; body?: string };

const PATIENCE_MS = 75_000;

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** One request over a connection of its own, as from a device somewhere; null when no whole answer came. */
export function call(
  { url, method = 'GET', headers = {}, body }: Call,
  timeoutMs = PATIENCE_MS,
): Promise<Reply | null> {
  return new Promise((resolve) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(url, { method, headers: { ...headers, ...length }, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', () => resolve(null));
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const location = String(answer.headers.location ?? '');
        resolve(answer.complete ? { status: answer.statusCode ?? 0, body: parsed(text), location } : null);
      });
    });
    const timer = setTimeout(() => sent.destroy(), timeoutMs);
    sent.on('error', () => resolve(null));
    sent.once('close', () => {
      clearTimeout(timer);
      resolve(null);
    });
    sent.end(body);
  });
}
