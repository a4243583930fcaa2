'use server';
import { staffAction } from '@/app/_server/staff';
import { settleAlert } from '@/lib/alerts';
import { closeBreaker, openBreaker } from '@/lib/card-testing';

/** Puts an alert away, with how it was dealt with. */
export const putAway = staffAction('settle_alert', ({ ctx }, input: object) => settleAlert(ctx, input));

/** Pauses new payments on the web for 15 minutes. */
export const pausePayments = staffAction('open_breaker', ({ ctx }, input: object) => openBreaker(ctx, input));

/** Takes payments on the web again before the pause is over. */
export const takePayments = staffAction('close_breaker', ({ ctx }, input: object) =>
  closeBreaker(ctx, input),
);
