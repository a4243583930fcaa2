import pino from 'pino';
import { holdsCardNumber } from '@/core/card-rules';

/** The only fields a log line may carry. Anything else is dropped, whoever passed it. */
const FIELDS = [
  'requestId',
  'method',
  'route',
  'status',
  'ms',
  'merchantId',
  'actor',
  'paymentLink',
  'paymentAttempt',
  'message',
  'delivery',
  'endpoint',
  'event',
  'job',
  'state',
  'tries',
  'code',
  'error',
  'port',
  'count',
] as const;
export type LogFields = Partial<Record<(typeof FIELDS)[number], string | number | null>>;

export type Logger = {
  info: (event: string, fields?: LogFields) => void;
  warn: (event: string, fields?: LogFields) => void;
  error: (event: string, fields?: LogFields) => void;
};

const TOKEN_IN_PATH = /\/pay\/[A-Za-z0-9_-]{20,}/g;

/** Text that is safe in a line: one line, no link token, no card number, at most 500 characters. */
export function scrub(value: string): string {
  const text = value.replace(TOKEN_IN_PATH, '/pay/[token]').replace(/\s+/g, ' ').slice(0, 500);
  return holdsCardNumber(text) ? '[dropped]' : text;
}

const allowed = (fields: LogFields): LogFields => {
  const kept: LogFields = {};
  for (const name of FIELDS) {
    const value = fields[name];
    if (value !== undefined) kept[name] = typeof value === 'string' ? scrub(value) : value;
  }
  return kept;
};

/** One wide line of JSON per unit of work on stdout, with a fixed event name. */
export function createLogger(process: string, level: string): Logger {
  const out = pino({ level, base: { process }, timestamp: pino.stdTimeFunctions.isoTime });
  return {
    info: (event, fields = {}) => out.info(allowed(fields), event),
    warn: (event, fields = {}) => out.warn(allowed(fields), event),
    error: (event, fields = {}) => out.error(allowed(fields), event),
  };
}

/** What may be told of an exception: its message, scrubbed; the stack stays in the process. */
export const errorText = (error: unknown): string =>
  scrub(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
