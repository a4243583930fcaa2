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
  'subject',
  'state',
  'tries',
  'code',
  'error',
  'port',
  'count',
  'root',
] as const;
export type LogFields = Partial<Record<(typeof FIELDS)[number], string | number | null>>;

export type Logger = {
  info: (event: string, fields?: LogFields) => void;
  warn: (event: string, fields?: LogFields) => void;
  error: (event: string, fields?: LogFields) => void;
};

const TOKEN_IN_PATH = /\/(pay|unsubscribe)\/[A-Za-z0-9_-]{20,}/g;

/** As it stands or as part of an address. */
const holdsCard = (text: string): boolean => holdsCardNumber(text) || holdsCardNumber(unescaped(text));

function unescaped(text: string): string {
  return text.replaceAll('+', ' ').replace(/%[0-7][0-9a-f]/gi, (code) => {
    return String.fromCharCode(Number.parseInt(code.slice(1), 16));
  });
}

/** Text that is safe in a line: one line, no link token, no card number, at most 500 characters. */
export function scrub(value: string): string {
  const text = value.replace(TOKEN_IN_PATH, '/$1/[token]').replace(/\s+/g, ' ').slice(0, 500);
  return holdsCard(text) ? '[dropped]' : text;
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

const DATABASE_FACTS = ['code', 'constraint_name', 'table_name', 'routine'] as const;

/** What may be told of a database's refusal: codes and names. Its message and its statement quote what was written. */
function databaseText(error: Error): string | null {
  const cause = (error.cause ?? error) as Partial<Record<(typeof DATABASE_FACTS)[number], unknown>>;
  const facts = DATABASE_FACTS.flatMap((name) => (cause[name] ? [`${name} ${String(cause[name])}`] : []));
  const isQuery = error.message.startsWith('Failed query') || 'routine' in cause;
  return isQuery ? `the database refused: ${facts.join(', ') || 'no answer'}` : null;
}

/** What may be told of an exception: its message, scrubbed; the stack stays in the process. */
export const errorText = (error: unknown): string =>
  scrub(error instanceof Error ? (databaseText(error) ?? `${error.name}: ${error.message}`) : String(error));

/** What others print in our process, line by line: one that holds a card number is dropped. */
export const withoutCards = (text: string): string =>
  holdsCard(text)
    ? text
        .split('\n')
        .map((line) => (holdsCard(line) ? '[dropped]' : line))
        .join('\n')
    : text;
