'use server';
import { staffAction } from '@/app/_server/staff';
import { cancelPaymentLink, sendPaymentLink } from '@/lib/payment-links';

/** Sends the link again to the address on file. */
export const sendLink = staffAction('send_link', ({ ctx }, id: string, channel: string) =>
  sendPaymentLink(ctx, String(id), { channel }),
);

/** Cancels the link for good. */
export const cancelLink = staffAction('cancel_link', ({ ctx }, id: string) =>
  cancelPaymentLink(ctx, String(id)),
);
