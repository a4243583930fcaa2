import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import * as z from 'zod';
import { CHALLENGE_KINDS } from '@/core/challenge';
import { LOCALE_CODES } from '@/core/messages';
import { isCurrency, MAX_AMOUNT_MINOR } from '@/core/money';
import {
  AMOUNT_TYPES,
  type AmountType,
  CHANNELS,
  LINK_LIFETIME_SECONDS,
  LINK_MIN_LIFETIME_SECONDS,
  LINK_STATUSES,
} from '@/core/payment-link';
import { challenge, challengeFault } from './challenge';
import { instant, maker, minor, type Page, paging, time, wholeNumber } from './common';
import { type LineItem, lookupReport, lookupWish } from './form-lookups';
import { plain } from './text';

export type { Message } from './messages';
export type { PaymentAttempt } from './payment-attempts';
export type { Page };

export const timeZone = z
  .string()
  .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', {
    error: 'must be an IANA time zone like Europe/Berlin',
  });

/** Any spelling with its country code, kept as E.164. */
export const phone = z.string().transform((value, issues) => {
  const parsed = parsePhoneNumberFromString(value);
  // E.164 has fifteen digits at the most: what is longer may be a card's number.
  if (parsed?.isPossible() && parsed.number.length <= 16) return parsed.number as string;
  issues.addIssue({
    code: 'custom',
    message: 'must be a phone number with country code, like +44 7700 900123',
  });
  return z.NEVER;
});

const amount = z.int().min(1).max(MAX_AMOUNT_MINOR);
const metadata = z
  .record(z.string().min(1).max(40), z.string().max(500))
  .refine((value) => Object.keys(value).length <= 20, { error: 'at most 20 keys' });

/** POST /payment-links/{id}/send. */
export const sendPaymentLinkInput = z.strictObject({
  channel: z.enum(CHANNELS),
  template: z.literal('payment_request').optional(),
});
const send = z
  .union([sendPaymentLinkInput.transform((one) => [one]), z.array(sendPaymentLinkInput).max(2)])
  .refine((list) => new Set(list.map((one) => one.channel)).size === list.length, {
    error: 'names a channel twice',
  })
  .default([]);

/** POST /payment-links/{id}/reissue. */
export const reissuePaymentLinkInput = z.strictObject({ send });

type Amounts = {
  amountType: AmountType;
  amountMinor?: number | undefined;
  minAmountMinor?: number | undefined;
  maxAmountMinor?: number | undefined;
};

/** Both were sent, and the first is the larger. */
const isMore = (one: number | undefined, other: number | undefined): boolean =>
  one !== undefined && other !== undefined && one > other;

/** Which amounts go with which type, and in which order they must stand: the field and what is wrong with it. */
function amountFault({
  amountType,
  amountMinor,
  minAmountMinor,
  maxAmountMinor,
}: Amounts): [string, string] | null {
  if (amountType !== 'open' && amountMinor === undefined) return ['amountMinor', 'is needed'];
  if (amountType !== 'open' && maxAmountMinor !== undefined)
    return ['maxAmountMinor', 'goes with amountType open only'];
  if (amountType === 'fixed' && minAmountMinor !== undefined)
    return ['minAmountMinor', 'goes with amountType partial or open'];
  if (isMore(minAmountMinor, maxAmountMinor))
    return ['minAmountMinor', 'must not be more than maxAmountMinor'];
  if (isMore(minAmountMinor, amountMinor)) return ['minAmountMinor', 'must not be more than amountMinor'];
  return isMore(amountMinor, maxAmountMinor) ? ['maxAmountMinor', 'must not be less than amountMinor'] : null;
}

type Itemised = {
  amountType: AmountType;
  amountMinor?: number | null | undefined;
  lineItems?: readonly LineItem[] | undefined;
};

/** What is wrong with the line items of a link, or null: those of a fixed amount sum to it. */
export function lineItemsFault({ amountType, amountMinor, lineItems }: Itemised): string | null {
  if (amountType !== 'fixed' || lineItems === undefined) return null;
  const sum = lineItems.reduce(
    (all, item) => all + BigInt(item.quantity) * BigInt(item.unitAmountMinor) + BigInt(item.taxMinor ?? 0),
    0n,
  );
  return sum === BigInt(amountMinor ?? 0) ? null : `sum to ${sum}, not to amountMinor`;
}

/**
 * POST /payment-links. Units: amounts in minor units of `currency`; `expiresInSeconds` from now, at most 72 h. `fixed`: exactly
 * `amountMinor`. `partial`: that total, in payments of at least `minAmountMinor`. `open`: the payer says how much, once,
 * within the bounds; `amountMinor` is a suggestion.
 */
export const createPaymentLinkInput = z
  .strictObject({
    amountMinor: amount.optional(),
    currency: z.string().refine(isCurrency, { error: 'must be an ISO 4217 currency in use, like GBP' }),
    amountType: z.enum(AMOUNT_TYPES).default('fixed'),
    minAmountMinor: amount.optional(),
    maxAmountMinor: amount.optional(),
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
    send,
    challenge: challenge.optional(),
    returnUrl: z.url().max(2000).optional(),
    callbackUrl: z
      .string()
      .max(2000)
      .optional()
      .meta({ description: 'Where the events of this link go as well, by the rules of an endpoint.' }),
    metadata: metadata.default({}),
    locale: z.enum(LOCALE_CODES).optional(),
    lookup: lookupWish.optional(),
  })
  .superRefine((input, issues) => {
    const channels = input.send.map((one) => one.channel);
    if (channels.includes('email') && !input.customer.email)
      issues.addIssue({
        code: 'custom',
        path: ['customer', 'email'],
        message: 'is needed to send an e-mail',
      });
    if (channels.includes('sms') && !input.customer.phone)
      issues.addIssue({ code: 'custom', path: ['customer', 'phone'], message: 'is needed to send an SMS' });
    const unasked = challengeFault(input);
    if (unasked) issues.addIssue({ code: 'custom', path: [...unasked.path], message: unasked.message });
    const fault = amountFault(input);
    if (fault) issues.addIssue({ code: 'custom', path: [fault[0]], message: fault[1] });
    const itemsFault = lineItemsFault(input);
    if (itemsFault) issues.addIssue({ code: 'custom', path: ['lineItems'], message: itemsFault });
  });
export type CreatePaymentLinkInput = z.input<typeof createPaymentLinkInput>;

/** PATCH /payment-links/{id}. Null empties the description; `metadata` replaces what was there. */
export const updatePaymentLinkInput = z.strictObject({
  description: plain(200).nullable().optional(),
  metadata: metadata.optional(),
  expiresAt: instant.optional(),
});
export type UpdatePaymentLinkInput = z.input<typeof updatePaymentLinkInput>;

/** GET /payment-links/{id}/events. `cursor` is the `sequence` of the last event that was read, as `afterSequence` is. */
export const listLinkEventsInput = z.strictObject({
  limit: paging.limit,
  afterSequence: wholeNumber(0, 2_147_483_647).optional(),
  cursor: z
    .string()
    .regex(/^\d{1,9}$/, { error: 'is not one that this list gave' })
    .optional(),
});

/** A payment link as the API, the screens and the events tell it. Times are ISO 8601 UTC, amounts minor units. */
export const paymentLink = z.strictObject({
  id: z.string(),
  object: z.literal('payment_link'),
  url: z.url().meta({ description: 'The address that the customer opens.' }),
  status: z.enum(LINK_STATUSES).meta({ description: 'Derived from access, money and time.' }),
  version: z.int().meta({ description: 'Counts changes; goes into `If-Match`.' }),
  sequence: z.int().meta({ description: 'The number of the newest event of this link.' }),
  livemode: z.boolean(),
  amountMinor: minor
    .nullable()
    .meta({ description: 'Null where the payer says how much and nothing is suggested.' }),
  currency: z.string(),
  amountType: z.enum(AMOUNT_TYPES),
  minAmountMinor: minor.nullable(),
  maxAmountMinor: minor.nullable(),
  capturedMinor: minor,
  refundedMinor: minor,
  disputedMinor: minor.meta({ description: 'In open and lost disputes.' }),
  description: z.string().nullable(),
  reference: z.string().nullable(),
  profile: z.string(),
  customer: z.strictObject({
    name: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    locale: z.string(),
    timeZone: z.string().nullable(),
  }),
  lineItems: z
    .array(
      z.strictObject({
        description: z.string(),
        quantity: z.int(),
        unitAmountMinor: minor,
        taxMinor: minor.optional(),
      }),
    )
    .nullable(),
  challenge: z
    .strictObject({ kind: z.enum(CHALLENGE_KINDS) })
    .nullable()
    .meta({ description: 'What the payer is asked before the page shows what the payment is for.' }),
  phrase: z.string().meta({ description: 'Two words that staff can read out and the pay page shows.' }),
  locale: z.string(),
  returnUrl: z.string().nullable(),
  callbackUrl: z.string().nullable(),
  metadata: z.record(z.string(), z.string()),
  createdBy: maker,
  createdAt: time,
  updatedAt: time,
  expiresAt: time,
  openedAt: time.nullable().meta({ description: 'The first touch of the card form by a person.' }),
  paidAt: time.nullable(),
  canceledAt: time.nullable(),
});
export type PaymentLink = z.output<typeof paymentLink>;

/** What POST /payment-links answers: the link, and how its lookup went where one was asked for. */
export const createdPaymentLink = paymentLink.extend({
  lookup: lookupReport.optional().meta({ description: 'Where `lookup` was asked for.' }),
});
export type CreatedPaymentLink = z.output<typeof createdPaymentLink>;
