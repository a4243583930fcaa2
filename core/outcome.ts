/** The closed set of reasons a verb can refuse for. Transports map each one exhaustively, once. */
export const ERROR_CODES = [
  'unauthenticated',
  'forbidden',
  'step_up_required',
  'not_found',
  'malformed',
  'too_large',
  'invalid',
  'card_number_refused',
  'link_paid',
  'link_canceled',
  'link_expired',
  'link_locked',
  'link_not_payable',
  'link_not_expired',
  'link_not_locked',
  'amount_not_allowed',
  'attempt_required',
  'nothing_to_refund',
  'refund_too_large',
  'not_authorized',
  'card_testing',
  'link_already_paid',
  'being_paid',
  'attempt_superseded',
  'too_many_attempts',
  'too_many_cards',
  'too_soon',
  'too_many_starts',
  'no_active_call',
  'moto_not_enabled',
  'session_ended',
  'session_not_ready',
  'capture_lost',
  'telephony_unavailable',
  'idempotency_in_flight',
  'idempotency_mismatch',
  'conflict',
  'version_mismatch',
  'version_required',
  'rate_limited',
  'unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** One field that was refused. `path` is dotted, e.g. `customer.email`. */
export type FieldError = { path: string; message: string };

/** A refusal: a code for machines, one sentence for people, and the fields that failed. Never a cause or a stack. */
export type AppError = {
  code: ErrorCode;
  message: string;
  errors?: FieldError[];
  retryAfterSeconds?: number;
};

/** What a verb returns: the value, or the reason why not. Exceptions are bugs or broken infrastructure. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; error: AppError };

export const ok = <T>(value: T): Outcome<T> => ({ ok: true, value });

export const refuse = (
  code: ErrorCode,
  message: string,
  more: Omit<AppError, 'code' | 'message'> = {},
): { ok: false; error: AppError } => ({ ok: false, error: { code, message, ...more } });
