'use server';
import { headers } from 'next/headers';
import { once } from '@/app/_server/once';
import { authParts, staffAction } from '@/app/_server/staff';
import { type Outcome, refuse } from '@/core/outcome';
import { stepUp } from '@/lib/auth';
import type { PaymentAttempt } from '@/lib/contracts/payment-links';
import { eraseCustomer } from '@/lib/erasure';
import { decideLinkRequest } from '@/lib/link-requests';
import { liftNotedOptOut, noteOptOut as note } from '@/lib/opt-outs';
import { capturePayment, type Decided, decideAttempt, voidPayment } from '@/lib/payment-attempts';
import {
  cancelPaymentLink,
  reissuePaymentLink,
  sendPaymentLink,
  unlockPaymentLink,
  updatePaymentLink,
} from '@/lib/payment-links';
import { createRefund } from '@/lib/refunds';

/** Sends the link again to the address on file. */
export const sendLink = staffAction('send_link', ({ ctx }, id: string, channel: string) =>
  sendPaymentLink(ctx, String(id), { channel }),
);

/** Cancels the link for good, also while it is being paid. */
export const cancelLink = staffAction('cancel_link', ({ ctx }, id: string) =>
  cancelPaymentLink(ctx, String(id)),
);

/** Changes what the link is for, or its end, if it still is the version that was seen. */
export const changeLink = staffAction(
  'change_link',
  ({ ctx }, id: string, version: number, change: unknown) =>
    updatePaymentLink(ctx, String(id), change, Number(version)),
);

/** A new address and a fresh 72 hours. */
export const reissueLink = staffAction(
  'reissue_link',
  ({ ctx }, id: string, formId: string, channels: string[]) => {
    const input = { send: Array.from(channels, (channel) => ({ channel })) };
    const request = { path: `/staff/links/${id}/reissue`, formId: String(formId), input };
    return once(ctx, request, (inner) => reissuePaymentLink(inner, String(id), input));
  },
);

/** Lifts the lock after too many tries. */
export const unlockLink = staffAction('unlock_link', ({ ctx }, id: string) =>
  unlockPaymentLink(ctx, String(id)),
);

/** Grants or refuses a customer's wish for a new link. */
export const decideRequest = staffAction('decide_link_request', ({ ctx }, id: string, decision: string) =>
  decideLinkRequest(ctx, String(id), { decision }),
);

/** Gives money back, all that is left of a payment or a part. */
export const refundPayment = staffAction(
  'refund',
  ({ ctx }, formId: string, input: Record<string, unknown>) =>
    once(ctx, { path: '/staff/refund', formId: String(formId), input, exact: true }, (inner) =>
      createRefund(inner, input),
    ),
);

/** Takes held money. */
export const takeHeld = staffAction('capture', async ({ ctx }, attempt: string) =>
  settled(await capturePayment(ctx, String(attempt)), 'succeeded'),
);

/** Gives held money back. */
export const releaseHeld = staffAction('void', async ({ ctx }, attempt: string) =>
  settled(await voidPayment(ctx, String(attempt)), 'voided'),
);

/** What the gateway has not done yet, or could not do any more, is not told as done. */
function settled(outcome: Outcome<PaymentAttempt>, wanted: string): Outcome<PaymentAttempt> {
  if (!outcome.ok || outcome.value.state === wanted) return outcome;
  return outcome.value.state === 'authorized'
    ? refuse(
        'unavailable',
        'The gateway has not answered. It is being asked; how it ended shows here by itself.',
      )
    : refuse('not_authorized', 'The money is not held any more: the hold had ended at the gateway.');
}

/** Says what became of a payment that the gateway does not tell of. What the gateway has told meanwhile is not told as theirs. */
export const settleAttempt = staffAction(
  'decide_attempt',
  async ({ ctx }, attempt: string, input: Record<string, unknown>): Promise<Outcome<Decided>> => {
    const outcome = await decideAttempt(ctx, String(attempt), input);
    if (!outcome.ok || outcome.value.by === 'person') return outcome;
    const { state } = outcome.value.attempt;
    const told = TOLD[state] ?? 'nothing was charged';
    return refuse(
      'conflict',
      `You need not decide: the gateway has just told that ${told}. Close this and look.`,
    );
  },
);
const TOLD: Partial<Record<PaymentAttempt['state'], string>> = {
  succeeded: 'it was charged',
  authorized: 'the money is held',
  declined: 'it was declined',
};

/** Erases what names the customer, of this link or of every one with the same address. */
export const eraseData = staffAction('erase_customer', ({ ctx }, paymentLink: string, of: string) =>
  eraseCustomer(ctx, { paymentLink, of }),
);

/** Notes that the customer has told that they want no more messages. */
export const noteOptOut = staffAction('note_opt_out', ({ ctx }, input: object) => note(ctx, input));

/** Lifts what staff noted. */
export const liftOptOut = staffAction('lift_opt_out', ({ ctx }, input: object) =>
  liftNotedOptOut(ctx, input),
);

/** The person confirms that it is them: by a code where they have a second factor, else by their password. */
export const confirmIdentity = staffAction(
  'step_up',
  async ({ session }, { password, code }: { password?: string; code?: string }) => {
    const { services, origin } = authParts();
    const proof = { password: String(password ?? ''), code: String(code ?? '') };
    return stepUp(services, session, { ...origin(await headers()), ...proof });
  },
);
