import { isCardNumber } from '@/core/card-rules';
import { scrub } from '../log';

const MASK = '•••';
const MOST_NAMES = 100;
const MOST_ENTRIES = 20;
const MOST_DEPTH = 8;

/** Fields whose text is a word of the API, an id, a time or the merchant's own reference. All other text is masked. */
const TOLD = new Set([
  ...['currency', 'amountType', 'reference', 'profile', 'locale', 'timeZone', 'channel', 'template', 'kind'],
  ...[
    'paymentLink',
    'paymentAttempt',
    'endpoint',
    'event',
    'client',
    'operation',
    'types',
    'order',
    'status',
  ],
  ...['expiresAt', 'since', 'until', 'from', 'to', 'createdFrom', 'createdTo', 'expiresBefore'],
  ...['limit', 'cursor', 'afterSequence', 'failed', 'agent'],
]);
/** Words of a problem: ours, though they may name a field of the request. */
const PROBLEM_TOLD = new Set(['code', 'detail', 'path', 'message']);

const isShort = (text: string): boolean => text.length <= 200;

function masked(value: unknown, name: string, told: ReadonlySet<string>, depth = 0): unknown {
  if (typeof value === 'string') return told.has(name) && isShort(value) ? scrub(value) : MASK;
  if (typeof value === 'number' || typeof value === 'bigint')
    return isCardNumber(String(value)) ? MASK : Number(value);
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (depth >= MOST_DEPTH) return MASK;
  if (Array.isArray(value))
    return value.slice(0, MOST_ENTRIES).map((one) => masked(one, name, told, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MOST_NAMES)
      .map(([key, inner]) => [keptText(key, 64), masked(inner, key, told, depth + 1)]),
  );
}

/** What was sent, as it may be kept: names, numbers, and text of `TOLD` fields alone. */
export const maskInput = (value: unknown): unknown => masked(value, '', TOLD);

/** What was answered where it was refused. */
export function maskProblem(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return null;
  const { code, detail, errors } = value as Record<string, unknown>;
  return masked({ code, detail, ...(Array.isArray(errors) && { errors }) }, '', PROBLEM_TOLD);
}

/** Other text that came with a request: one line, without a token or a card number. */
export const keptText = (text: string, most = 200): string => scrub(text).slice(0, most);
