import * as z from 'zod';
import { ERROR_CODES } from '@/core/outcome';

/** Refusals of HTTP itself, before any verb is asked. */
const TRANSPORT_CODES = ['method_not_allowed', 'unsupported_media_type'] as const;
export const PROBLEM_CODES = [...ERROR_CODES, ...TRANSPORT_CODES] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** The HTTP status of each refusal: the one map, read by every transport. */
export const STATUS_OF: Record<ProblemCode, number> = {
  method_not_allowed: 405,
  too_large: 413,
  unsupported_media_type: 415,
  unauthenticated: 401,
  forbidden: 403,
  step_up_required: 403,
  not_found: 404,
  malformed: 400,
  invalid: 422,
  card_number_refused: 422,
  link_paid: 409,
  link_canceled: 409,
  link_expired: 409,
  link_locked: 409,
  link_not_payable: 409,
  link_not_expired: 409,
  link_not_locked: 409,
  amount_not_allowed: 422,
  attempt_required: 422,
  nothing_to_refund: 409,
  refund_too_large: 422,
  not_authorized: 409,
  card_testing: 429,
  link_already_paid: 409,
  being_paid: 409,
  attempt_superseded: 409,
  too_many_attempts: 429,
  too_many_cards: 429,
  too_soon: 429,
  too_many_starts: 429,
  no_active_call: 409,
  moto_not_enabled: 409,
  session_ended: 409,
  session_not_ready: 409,
  capture_lost: 409,
  telephony_unavailable: 503,
  idempotency_in_flight: 409,
  idempotency_mismatch: 422,
  conflict: 409,
  version_mismatch: 412,
  version_required: 428,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
};

export const TITLES: Record<number, string> = {
  400: 'Malformed request',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  412: 'Version mismatch',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Invalid',
  428: 'Version required',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Unavailable',
};

/** RFC 9457. `type` is an address of the documentation; decide by `code`. */
export const problem = z.strictObject({
  type: z.url().meta({ description: 'An address of the documentation.' }),
  title: z.string(),
  status: z.int(),
  detail: z.string().meta({ description: 'For people; may change.' }),
  code: z.enum(PROBLEM_CODES).meta({ description: 'For machines.' }),
  requestId: z.string().meta({ description: 'Name it when you ask for help.' }),
  errors: z
    .array(z.strictObject({ path: z.string(), message: z.string() }))
    .meta({ description: 'The fields that were refused; empty where no field is to blame.' }),
});
export type Problem = z.output<typeof problem>;
