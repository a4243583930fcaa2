import type { MessageKey } from '@/core/messages';
import type { ErrorCode } from '@/core/outcome';
import type { PaymentAttemptRow } from '@/db/queries/payment-attempts';
import { TAKEN_OVER } from '../payment-attempts/internal';
import type { PageState } from './state';

/** The sentence for a payer whose attempt ended without money; null while it is open or when it paid. */
export function attemptText(attempt: PaymentAttemptRow): MessageKey | null {
  switch (attempt.state) {
    case 'declined':
      return attempt.declineCode === 'authentication_failed' ? 'result.challenge_failed' : 'result.declined';
    case 'failed':
      return attempt.reason === 'expired' ? 'result.challenge_failed' : 'result.failed';
    case 'abandoned':
      if (attempt.submittedAt) return 'result.failed';
      return refusalText(attempt.reason) ?? 'result.superseded';
    case 'voided':
      return attempt.reason === TAKEN_OVER ? 'result.taken_over' : 'result.failed';
    default:
      return null;
  }
}

/** The sentence for a payer whose wish to pay was refused; null where the page itself tells it. */
export function refusalText(code: string | null): MessageKey | null {
  switch (code) {
    case 'withdrawn':
      return 'result.failed';
    case 'too_many_starts':
      return 'result.try_later';
    case 'too_soon':
      return 'result.too_soon';
    case 'card_testing':
      return 'result.try_later';
    case 'too_many_attempts':
      return 'result.too_many_attempts';
    case 'too_many_cards':
      return 'result.too_many_cards';
    case 'amount_not_allowed':
    case 'invalid':
      return 'amount.check';
    case 'attempt_superseded':
      return 'result.superseded';
    case 'unavailable':
    case 'internal':
      return 'result.unavailable';
    default:
      return null;
  }
}

/** The code a payer's browser may see: which defence stopped a try is for staff alone. */
export const codeForPayer = (code: ErrorCode): ErrorCode => (code === 'card_testing' ? 'rate_limited' : code);

/** The HTTP status of each page. */
export const PAGE_STATUS: Record<PageState, number> = {
  verification: 200,
  ready: 200,
  paid: 200,
  processing: 200,
  challenge: 200,
  confirming: 200,
  authorized: 200,
  locked: 200,
  expired: 410,
  canceled: 410,
  replaced: 410,
};
