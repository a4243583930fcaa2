import type { AppError, ErrorCode, Outcome } from '@/core/outcome';
import type { CompatibleCode } from '../contracts/compatible';

export type CompatibleError = { code: CompatibleCode; message: string; retryAfterSeconds?: number };
export type Told<T> = { ok: true; value: T } | { ok: false; error: CompatibleError };

export const refused = (code: CompatibleCode, message: string): { ok: false; error: CompatibleError } => ({
  ok: false,
  error: { code, message },
});

/** Our codes in the words of that API; all others mean that the request cannot be done as it was sent. */
const CODES: Partial<Record<ErrorCode, CompatibleCode>> = {
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  moto_not_enabled: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  no_active_call: 'NO_ACTIVE_CALL',
  rate_limited: 'RATE_LIMITED',
  telephony_unavailable: 'UNAVAILABLE',
  unavailable: 'UNAVAILABLE',
  internal: 'INTERNAL',
};

/** The names that fields of a payment session have in paymentData. */
const NAMES: Record<string, string> = {
  agent: 'agentId',
  amountMinor: 'paymentData.Amount',
  currency: 'paymentData.Currency',
  reference: 'paymentData.MerchantReferenceCode',
  'customer.name': 'paymentData.FirstName, Surname',
  'customer.email': 'paymentData.Email',
  'customer.phone': 'paymentData.CustomerPhoneNumber',
};

/** A refusal of ours, told under the names that the client has used. */
export function errorOf({ code, message, errors = [], retryAfterSeconds }: AppError): CompatibleError {
  const [field] = errors;
  const name = field && NAMES[field.path];
  const isAmount = field?.path === 'amountMinor' || code === 'amount_not_allowed';
  return {
    code: isAmount ? 'AMOUNT_INVALID' : (CODES[code] ?? 'INVALID_REQUEST'),
    message: field && name ? `${name}: ${field.message}` : message,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}

export const told = <T>(outcome: Outcome<T>): Told<T> =>
  outcome.ok ? outcome : { ok: false, error: errorOf(outcome.error) };
