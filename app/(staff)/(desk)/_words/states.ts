import type { Tone } from '@/app/_components/badge';
import type { DisputeState } from '@/core/dispute';
import type { AttemptState } from '@/core/payment-attempt';
import type { RefundState } from '@/core/refund';

type Words = readonly [label: string, tone: Tone];

/** A try to pay, in two words. */
export const ATTEMPTS: Record<AttemptState, Words> = {
  created: ['Entering card', 'plain'],
  submitted: ['Being paid', 'info'],
  requires_action: ['Bank check', 'info'],
  authorized: ['Money held', 'info'],
  unknown: ['Outcome unknown', 'warn'],
  succeeded: ['Paid', 'ok'],
  declined: ['Declined', 'bad'],
  failed: ['Failed', 'bad'],
  abandoned: ['Given up', 'plain'],
  voided: ['Hold released', 'plain'],
};

export const REFUNDS: Record<RefundState, Words> = {
  pending: ['Under way', 'info'],
  unknown: ['Outcome unknown', 'warn'],
  succeeded: ['Refunded', 'ok'],
  failed: ['Failed', 'bad'],
};

export const DISPUTES: Record<DisputeState, Words> = {
  open: ['Disputed', 'bad'],
  won: ['Won back', 'ok'],
  lost: ['Lost', 'bad'],
};
