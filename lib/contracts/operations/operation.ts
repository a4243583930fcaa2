import type * as z from 'zod';
import type { IdKind } from '@/core/ids';
import type { Permission } from '@/core/permissions';
import type { ProblemCode } from '../problem';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** One body of an operation: JSON of at most 64 kB, where nothing else is said. */
export type Body = {
  schema: z.ZodType;
  /** The same as CSV, as the document shows it. It is read as a stream then, whatever its form. */
  csv?: string;
  /** True where the act may be sent without a body. */
  optional?: boolean;
};

/** What an operation answers when it went well. Another media type than JSON is a text. */
export type Answer = {
  status: 200 | 201 | 202 | 204;
  schema?: z.ZodType;
  mediaType?: string;
  description: string;
};

/** Everything that is known of one method of one path: the document, the reference and the tests are made from it. */
export type Operation = {
  id: string;
  method: Method;
  /** Below /api/v1, but for `root` below the portal's address. Braces hold the id. */
  path: string;
  root?: boolean;
  tag: string;
  summary: string;
  description?: string;
  /** What the key must hold; null where none is needed. */
  scope: Permission | null;
  /** Whose id stands in the path. */
  ids?: IdKind;
  query?: z.ZodObject;
  body?: Body;
  /** A form of RFC 6749 in, its errors out. */
  oauth?: true;
  ifMatch?: boolean;
  /** The answer holds a secret: a stored one is kept for a day, not for seven. */
  tellsSecret?: boolean;
  answer: Answer;
  /** Beyond those that authentication, id, parameters and body bring. */
  problems?: readonly ProblemCode[];
  example?: { request?: unknown; response?: unknown };
};

/** A parameter that is wrong, or that the operation does not take. */
const QUERY_PROBLEMS = ['invalid', 'card_number_refused'] as const;
const BODY_PROBLEMS = ['malformed', 'too_large', 'unsupported_media_type'] as const;
const KEY_PROBLEMS = ['idempotency_in_flight', 'idempotency_mismatch'] as const;

/** True where an `Idempotency-Key` is taken: every POST of the API, and what else writes. */
export const takesKey = ({ method, oauth }: Operation): boolean => method !== 'GET' && !oauth;

/** Every code that an operation may answer, each once. */
export function problemsOf(operation: Operation): ProblemCode[] {
  const { scope, ids, problems = [], oauth } = operation;
  if (oauth) return [];
  const codes: ProblemCode[] = [
    ...(scope === null ? [] : (['unauthenticated', 'forbidden', 'rate_limited', 'unavailable'] as const)),
    ...(ids ? (['not_found'] as const) : []),
    ...QUERY_PROBLEMS,
    ...(takesKey(operation) ? [...BODY_PROBLEMS, ...KEY_PROBLEMS] : []),
    ...(operation.ifMatch ? (['version_required', 'version_mismatch'] as const) : []),
    ...problems,
    'internal',
  ];
  return [...new Set(codes)];
}
