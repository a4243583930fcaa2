import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import * as z from 'zod';
import { LOCALE_CODES } from '@/core/messages';
import { isCurrency, MAX_AMOUNT_MINOR } from '@/core/money';
import {
  CHANNELS,
  LINK_LIFETIME_SECONDS,
  LINK_MIN_LIFETIME_SECONDS,
  LINK_STATUSES,
  type LinkStatus,
} from '@/core/payment-link';

/** Characters that can make a name or text read as something else: bidi controls, zero-width, other controls. */
const DECEIVING = /[\p{Cc}\p{Cf}]/gu;
const plain = (max: number) =>
  z
    .string()
    .transform((value) => value.replace(DECEIVING, '').trim())
    .pipe(z.string().min(1).max(max));

const timeZone = z
  .string()
  .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', {
    error: 'must be an IANA time zone like Europe/Berlin',
  });

/** Any spelling with its country code, kept as E.164. */
const phone = z.string().transform((value, issues) => {
  const parsed = parsePhoneNumberFromString(value);
  if (parsed?.isPossible()) return parsed.number as string;
  issues.addIssue({
    code: 'custom',
    message: 'must be a phone number with country code, like +44 7700 900123',
  });
  return z.NEVER;
});

const amount = z.int().min(1).max(MAX_AMOUNT_MINOR);
const send = z.strictObject({ channel: z.enum(CHANNELS), template: z.literal('payment_request').optional() });

/** POST /payment-links. Units: `amountMinor` in minor units of `currency`; `expiresInSeconds` from now, at most 72 h. */
export const createPaymentLinkInput = z
  .strictObject({
    amountMinor: amount,
    currency: z.string().refine(isCurrency, { error: 'must be an ISO 4217 currency in use, like GBP' }),
    amountType: z.literal('fixed').default('fixed'),
    description: plain(200).optional(),
    reference: plain(64).optional(),
    profile: z.string().max(64).optional(),
    customer: z
      .strictObject({
        name: plain(100).optional(),
        email: z.email().max(254).optional(),
        phone: phone.optional(),
        locale: z.enum(LOCALE_CODES).optional(),
        timeZone: timeZone.optional(),
      })
      .default({}),
    lineItems: z
      .array(
        z.strictObject({
          description: plain(200),
          quantity: z.int().min(1).max(1_000_000),
          unitAmountMinor: z.int().min(-MAX_AMOUNT_MINOR).max(MAX_AMOUNT_MINOR),
          taxMinor: z.int().min(0).max(MAX_AMOUNT_MINOR).optional(),
        }),
      )
      .min(1)
      .max(100)
      .optional(),
    expiresInSeconds: z
      .int()
      .min(LINK_MIN_LIFETIME_SECONDS)
      .max(LINK_LIFETIME_SECONDS)
      .default(LINK_LIFETIME_SECONDS),
    send: z.union([send.transform((one) => [one]), z.array(send).max(2)]).default([]),
    returnUrl: z.url().max(2000).optional(),
    metadata: z
      .record(z.string().min(1).max(40), z.string().max(500))
      .refine((value) => Object.keys(value).length <= 20, { error: 'at most 20 keys' })
      .default({}),
    locale: z.enum(LOCALE_CODES).optional(),
  })
  .superRefine((input, issues) => {
    const channels = input.send.map((one) => one.channel);
    if (new Set(channels).size !== channels.length)
      issues.addIssue({ code: 'custom', path: ['send'], message: 'names a channel twice' });
    if (channels.includes('email') && !input.customer.email)
      issues.addIssue({
        code: 'custom',
        path: ['customer', 'email'],
        message: 'is needed to send an e-mail',
      });
    if (channels.includes('sms') && !input.customer.phone)
      issues.addIssue({ code: 'custom', path: ['customer', 'phone'], message: 'is needed to send an SMS' });
    const sum = input.lineItems?.reduce(
      (all, item) => all + item.quantity * item.unitAmountMinor + (item.taxMinor ?? 0),
      0,
    );
    if (sum !== undefined && sum !== input.amountMinor)
      issues.addIssue({ code: 'custom', path: ['lineItems'], message: `sum to ${sum}, not to amountMinor` });
  });
export type CreatePaymentLinkInput = z.input<typeof createPaymentLinkInput>;

const instant = z.iso.datetime().transform((value) => new Date(value));

/** GET /payment-links. Filters are joined by "and". */
export const listPaymentLinksInput = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(64).optional(),
  status: z.enum(LINK_STATUSES).optional(),
  reference: z.string().max(64).optional(),
  customer: z.string().max(254).optional(),
  agent: z.string().max(64).optional(),
  profile: z.string().max(64).optional(),
  createdFrom: instant.optional(),
  createdTo: instant.optional(),
  expiresBefore: instant.optional(),
  q: z.string().trim().min(1).max(100).optional(),
});
export type ListPaymentLinksInput = z.input<typeof listPaymentLinksInput>;

/** A payment link as the API, the screens and the events tell it. Times are ISO 8601 UTC, amounts minor units. */
export type PaymentLink = {
  id: string;
  object: 'payment_link';
  url: string;
  status: LinkStatus;
  version: number;
  sequence: number;
  livemode: boolean;
  amountMinor: number;
  currency: string;
  amountType: 'fixed';
  capturedMinor: number;
  refundedMinor: number;
  description: string | null;
  reference: string | null;
  profile: string;
  customer: {
    name: string | null;
    email: string | null;
    phone: string | null;
    locale: string;
    timeZone: string | null;
  };
  lineItems:
    | { description: string; quantity: number; unitAmountMinor: number; taxMinor?: number | undefined }[]
    | null;
  phrase: string;
  locale: string;
  returnUrl: string | null;
  metadata: Record<string, string>;
  createdBy: { kind: string; id: string | null; name: string };
  createdAt: string;
  updatedAt: string;
  expiresAt: string;
  openedAt: string | null;
  paidAt: string | null;
  canceledAt: string | null;
};

export type PaymentAttempt = {
  id: string;
  object: 'payment_attempt';
  paymentLink: string;
  state: string;
  amountMinor: number;
  currency: string;
  channel: 'ecommerce' | 'moto';
  card: { brand: string; last4: string; expMonth: number; expYear: number } | null;
  declineCode: string | null;
  gatewayReference: string | null;
  createdAt: string;
  submittedAt: string | null;
  endedAt: string | null;
};

export type Message = {
  id: string;
  object: 'message';
  paymentLink: string;
  channel: 'sms' | 'email';
  to: string;
  state: string;
  reason: string | null;
  createdAt: string;
  sentAt: string | null;
  endedAt: string | null;
};

export type Page<T> = { data: T[]; nextCursor: string | null };
