'use server';
import { staffAction } from '@/app/_server/staff';
import { ignoreNotification, reapplyNotification } from '@/lib/gateway-notifications';

/** Has a notice that was set aside judged again, as if it had just come. */
export const applyAgain = staffAction('apply_notice', ({ ctx }, input: object) =>
  reapplyNotification(ctx, input),
);

/** Puts a notice away for good. */
export const dismiss = staffAction('dismiss_notice', ({ ctx }, input: object) =>
  ignoreNotification(ctx, input),
);
