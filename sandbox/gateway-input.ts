/** What the gateway takes, and the hash by which a repeated request is recognised. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { isCurrency, MAX_AMOUNT_MINOR } from '@/core/money';
import type { CardFacts } from './gateway-cards';

export const identifier = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/, 'letters, digits, _ and -, at most 100');
export const amountMinor = z.int().min(1).max(MAX_AMOUNT_MINOR);
export const currency = z.string().refine(isCurrency, 'an ISO 4217 code');

export const authorizeInput = z.strictObject({
  reference: identifier,
  paymentLink: identifier,
  account: identifier.optional(),
  amountMinor,
  currency,
  capture: z.boolean(),
  channel: z.enum(['ecommerce', 'moto']),
  card: z.strictObject({
    number: z.string().regex(/^\d{12,19}$/, '12 to 19 digits'),
    expMonth: z.int().min(1).max(12),
    expYear: z.int().min(2000).max(2099),
    csc: z.string().regex(/^\d{3,4}$/, '3 or 4 digits'),
    name: z.string().max(200),
  }),
  challenge: z.strictObject({
    returnUrl: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .transform((text) => new URL(text).href),
  }),
});
export type AuthorizeInput = z.output<typeof authorizeInput>;

export const refundInput = z.strictObject({ amountMinor, reference: identifier });
export const fenceInput = z.strictObject({ reference: identifier });
export const captureInput = z.strictObject({ amountMinor: amountMinor.optional() });
export const nothing = z.strictObject({});
export const intentInput = z.strictObject({
  reference: identifier,
  paymentLink: identifier,
  amountMinor,
  currency,
});

/** Number and security code are left out, so that nothing on the disk can be tried against. */
export function bodyHash(input: AuthorizeInput, facts: CardFacts): string {
  const { reference, paymentLink, amountMinor: amount, currency: code, capture, channel, challenge } = input;
  const { brand, last4, expMonth, expYear } = facts;
  const told = [reference, paymentLink, amount, code, capture, channel, challenge.returnUrl];
  const account = input.account === undefined ? [] : [input.account];
  return createHash('sha256')
    .update(JSON.stringify([...told, brand, last4, expMonth, expYear, ...account]))
    .digest('base64url');
}
