import 'server-only';
import { readText } from './body';
import type { Problem } from './problem';

const MOST_BYTES = 65_536;
const MOST_DEPTH = 8;

const malformed = (detail: string): Problem => ({ code: 'malformed', detail });

/** The JSON body of a write: at most 64 kB, at most 8 levels deep. An act without a body reads as {}. */
export async function readJson(request: Request): Promise<{ text: string; input: unknown } | Problem> {
  const text = await readText(request, MOST_BYTES);
  if (text === null) return { code: 'too_large', detail: 'The body is larger than 64 kB.' };
  if (text === '') return { text, input: {} };
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? ''))
    return { code: 'unsupported_media_type', detail: 'Send the body as application/json.' };
  try {
    const input: unknown = JSON.parse(text);
    return depthOf(input) > MOST_DEPTH ? malformed('The body is nested too deep.') : { text, input };
  } catch {
    return malformed('The body is not JSON.');
  }
}

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
