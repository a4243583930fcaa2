import * as z from 'zod';
import {
  CALL_DIRECTIONS,
  FIELD_ERRORS,
  FIELD_STATES,
  FORM_TICKS,
  RECORDING_STATES,
  SESSION_FIELDS,
  SESSION_KINDS,
  SESSION_STATES,
} from '@/core/payment-session';
import { maker, minor, time } from './common';
import { createPaymentLinkInput, phone } from './payment-links';
import { plain } from './text';

const callInput = z.strictObject({
  id: z.string().min(1).max(100).optional().meta({ description: 'As the telephony provider names it.' }),
  leg: z.string().min(1).max(100).optional().meta({ description: 'The customer’s.' }),
});

/**
 * POST /payment-sessions: the fields of a payment link, and beside them which way the card is taken, by whom, on which call.
 * Without `send` a digital session goes to the phone number, else to the e-mail address that is there.
 */
export const createPaymentSessionInput = createPaymentLinkInput.safeExtend({
  kind: z.enum(SESSION_KINDS),
  agent: plain(100).optional().meta({
    description: 'A user’s id or e-mail, or how your own system names the agent. Needed of a machine.',
  }),
  call: callInput.optional().meta({ description: 'Without it, the call that the agent is on.' }),
});
export type CreatePaymentSessionInput = z.input<typeof createPaymentSessionInput>;

/** What of it concerns the session itself; what is left is the link's, which its own verb judges. */
export const sessionWish = z.looseObject({
  kind: z.enum(SESSION_KINDS),
  agent: plain(100).optional(),
  call: callInput.optional(),
  profile: z.string().max(64).optional(),
});

/** POST /payment-sessions/{id}/request-field. */
export const requestFieldInput = z.strictObject({ field: z.enum(SESSION_FIELDS) });

/** POST /payment-sessions/{id}/switch: the other rail, or the same once more. An address that is not on file yet may come with it. */
export const switchSessionInput = z.strictObject({
  kind: z.enum(SESSION_KINDS),
  send: z.strictObject({ channel: z.enum(['email', 'sms']) }).optional(),
  customer: z
    .strictObject({ email: z.email().max(254), phone })
    .partial()
    .optional(),
  call: callInput.optional(),
});

const fieldView = z.strictObject({
  state: z.enum(FIELD_STATES),
  digits: z.int().meta({ description: 'How many, never which.' }),
  error: z.enum(FIELD_ERRORS).nullable(),
});

/** A payment that an agent takes during a call, as the API, the desk and the events tell it. */
export const paymentSession = z.strictObject({
  id: z.string(),
  object: z.literal('payment_session'),
  kind: z.enum(SESSION_KINDS).meta({ description: 'The rail that it is on now.' }),
  state: z.enum(SESSION_STATES),
  version: z.int().meta({ description: 'Counts changes.' }),
  livemode: z.boolean(),
  paymentLink: z.string(),
  paymentAttempt: z
    .string()
    .nullable()
    .meta({ description: 'The newest that was submitted from the keypad.' }),
  profile: z.string(),
  amountMinor: minor.nullable(),
  currency: z.string(),
  agent: z.strictObject({ id: z.string(), name: z.string() }),
  call: z
    .strictObject({
      id: z.string(),
      leg: z.string().nullable(),
      direction: z.enum(CALL_DIRECTIONS).nullable(),
    })
    .nullable(),
  secured: z.enum(['masked', 'secured_leg']).nullable(),
  recording: z.enum(RECORDING_STATES).nullable().meta({ description: 'Null where no call is concerned.' }),
  fields: z.strictObject({ card_number: fieldView, expiry: fieldView, security_code: fieldView }),
  activeField: z.enum(SESSION_FIELDS).nullable(),
  brand: z.string().nullable(),
  progress: z
    .strictObject({
      form: z.strictObject({
        number: z.enum(FORM_TICKS),
        expiry: z.enum(FORM_TICKS),
        security_code: z.enum(FORM_TICKS),
        name: z.enum(FORM_TICKS),
      }),
      inApp: z
        .string()
        .nullable()
        .meta({ description: 'The app in which the page was opened, where it is one.' }),
    })
    .nullable()
    .meta({ description: 'How far the customer is on the pay page. Never what they typed.' }),
  reason: z.string().nullable().meta({ description: 'Why it ended, or what went wrong last.' }),
  createdBy: maker,
  createdAt: time,
  updatedAt: time,
  endedAt: time.nullable(),
});
export type PaymentSession = z.output<typeof paymentSession>;
