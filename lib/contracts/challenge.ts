import * as z from 'zod';
import { asksForPhone, passcodeChannel, plainAnswer } from '@/core/challenge';
import { CHANNELS, type Channel } from '@/core/payment-link';
import { plain } from './text';

const postcode = plain(16).refine((text) => plainAnswer(text).length >= 3, { error: 'must be a postcode' });
/** What the payer of a new link is asked before its page shows anything. */
export const challenge = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('passcode'), channel: z.enum(CHANNELS).optional() }),
    z.strictObject({ kind: z.literal('postcode'), postcode }),
    z.strictObject({ kind: z.literal('phone_ending') }),
    z.strictObject({ kind: z.literal('reference_phone_ending') }),
  ])
  .meta({
    description:
      "What the payer is asked before the page shows what the payment is for: six digits that are sent by a channel that the link is not sent by, the postcode that you give here, the last four digits of the customer's phone, or these and the reference, which suits a link that is forwarded to somebody else to pay. Where none is given here, the payment profile may ask one. Five wrong answers lock the link. The postcode is never told again.",
  });

type Challenged = {
  challenge?: z.output<typeof challenge> | undefined;
  send: readonly { channel: Channel }[];
  customer: { email?: string | undefined; phone?: string | undefined };
  reference?: string | undefined;
};

/** The field that a challenge cannot do without, or null. */
export function challengeFault({
  challenge,
  send,
  customer,
  reference,
}: Challenged): { path: string[]; message: string } | null {
  if (!challenge) return null;
  if (asksForPhone(challenge.kind) && !customer.phone)
    return { path: ['customer', 'phone'], message: 'is needed to ask for its last digits' };
  if (challenge.kind === 'reference_phone_ending' && !plainAnswer(reference ?? ''))
    return { path: ['reference'], message: 'is needed to ask for it' };
  if (challenge.kind !== 'passcode') return null;
  const sentBy = send.map(({ channel }) => channel);
  if (passcodeChannel(customer, sentBy, challenge.channel)) return null;
  return { path: ['challenge'], message: 'needs an address by a channel that the link is not sent by' };
}
