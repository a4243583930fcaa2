import type { MessageKey } from '@/core/messages';
import type { PaymentAttemptRow } from '@/db/queries/payment-attempts';
import type { PageState } from './open';

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
    case 'created':
      return 'result.failed';
    default:
      return null;
  }
}

/** The sentence for a payer whose wish to pay was refused; null where the page itself tells it. */
export function refusalText(code: string | null): MessageKey | null {
  switch (code) {
    case 'too_soon':
      return 'result.too_soon';
    case 'too_many_attempts':
      return 'result.too_many_attempts';
    case 'too_many_cards':
      return 'result.too_many_cards';
    case 'attempt_superseded':
      return 'result.superseded';
    case 'unavailable':
    case 'internal':
      return 'result.unavailable';
    default:
      return null;
  }
}

/** The HTTP status of each page. */
export const PAGE_STATUS: Record<PageState, number> = {
  ready: 200,
  paid: 200,
  processing: 200,
  challenge: 200,
  confirming: 200,
  locked: 200,
  expired: 410,
  canceled: 410,
  replaced: 410,
};
