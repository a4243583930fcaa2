import type { ErrorCode } from '@/core/outcome';

/** The HTTP status of each refusal: the one map, read by every transport. */
export const STATUS_OF: Record<ErrorCode, number> = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  malformed: 400,
  invalid: 422,
  card_number_refused: 422,
  link_paid: 409,
  link_canceled: 409,
  link_expired: 409,
  link_locked: 409,
  link_not_payable: 409,
  link_already_paid: 409,
  being_paid: 409,
  attempt_superseded: 409,
  too_many_attempts: 429,
  too_many_cards: 429,
  too_soon: 429,
  idempotency_in_flight: 409,
  idempotency_mismatch: 422,
  conflict: 409,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
};
