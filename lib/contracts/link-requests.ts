import * as z from 'zod';

/** What a member of staff says to a payer's wish for a new link. */
export const decideLinkRequestInput = z.strictObject({ decision: z.enum(['approve', 'refuse']) });
export type DecideLinkRequestInput = z.input<typeof decideLinkRequestInput>;

/** A payer's wish for a new link that waits for a member of staff. */
export type LinkRequest = {
  id: string;
  object: 'link_request';
  paymentLink: string;
  reference: string | null;
  description: string | null;
  customerName: string | null;
  linkExpiresAt: string;
  createdAt: string;
};
