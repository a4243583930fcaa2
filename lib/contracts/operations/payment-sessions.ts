import type * as z from 'zod';
import {
  createPaymentSessionInput,
  type PaymentSession,
  paymentSession,
  requestFieldInput,
  switchSessionInput,
} from '../payment-sessions';
import { ATTEMPT_ID, LINK_ID, MAKER } from './examples';
import type { Operation } from './operation';

const tag = 'Payment sessions';
const idle = { state: 'idle', digits: 0, error: null } as const;

/** A session as it begins; the others follow from it. */
const begun: PaymentSession = {
  id: 'sess_01kb1w3d9sf4ks2z6e5r8x9p3q',
  object: 'payment_session',
  kind: 'digital',
  state: 'created',
  version: 1,
  livemode: false,
  paymentLink: LINK_ID,
  paymentAttempt: null,
  profile: 'prof_01kb1v2a3bcd4ef5gh6jk7mn8p',
  amountMinor: 1240,
  currency: 'GBP',
  agent: { id: 'user_01kb1v2m4hefqs8y0t3w5z7r9c', name: 'Sam' },
  call: null,
  secured: null,
  recording: null,
  fields: { card_number: idle, expiry: idle, security_code: idle },
  activeField: null,
  brand: null,
  progress: null,
  reason: null,
  createdBy: MAKER,
  createdAt: '2026-11-24T09:00:00.000Z',
  updatedAt: '2026-11-24T09:00:00.000Z',
  endedAt: null,
};
const captured = (digits: number) => ({ state: 'captured', digits, error: null }) as const;
const ready: PaymentSession = {
  ...begun,
  kind: 'agent_assist',
  state: 'ready',
  version: 12,
  call: { id: 'call-4711', leg: 'leg-1', direction: 'inbound' },
  secured: 'masked',
  recording: 'suspended',
  fields: { card_number: captured(16), expiry: captured(4), security_code: captured(3) },
  brand: 'visa',
};

const one = { ids: 'paymentSession', tag, scope: 'payment_sessions:create' } as const;
const theSession = {
  status: 200,
  schema: paymentSession as z.ZodType,
  description: 'The session as it now stands.',
} as const;
const CALL_PROBLEMS = ['no_active_call', 'telephony_unavailable', 'moto_not_enabled'] as const;

export const PAYMENT_SESSION_OPERATIONS: readonly Operation[] = [
  {
    id: 'createPaymentSession',
    method: 'POST',
    path: '/payment-sessions',
    tag,
    summary: 'Begin to take a payment during a call',
    description:
      'A payment link and, over it, how the card is taken. `digital`: the link goes to the customer, by `send`, else to the phone number, else to the e-mail address that is there. `agent_assist`: the customer keys the card on the telephone during the call; recording is off and the tones are masked before the first field is asked for, and each field is asked for as the one before is there. `agent` is needed of a machine.',
    scope: 'payment_sessions:create',
    body: { schema: createPaymentSessionInput },
    answer: { status: 201, schema: paymentSession, description: 'The new session.' },
    problems: [...CALL_PROBLEMS],
    example: {
      request: {
        kind: 'digital',
        agent: 'sam@juniper.example',
        amountMinor: 1240,
        currency: 'GBP',
        reference: 'order-1042',
        customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
      },
      response: begun,
    },
  },
  {
    ...one,
    id: 'readPaymentSession',
    method: 'GET',
    scope: 'payment_sessions:read',
    path: '/payment-sessions/{id}',
    summary: 'Read a payment session',
    description: 'Also long after its end: a result is not forgotten.',
    answer: { ...theSession, description: 'The session.' },
    example: {
      response: {
        ...ready,
        state: 'succeeded',
        version: 15,
        paymentAttempt: ATTEMPT_ID,
        secured: null,
        recording: 'resumed',
        fields: begun.fields,
        brand: null,
        endedAt: '2026-11-24T09:04:12.000Z',
      },
    },
  },
  {
    ...one,
    id: 'requestSessionField',
    method: 'POST',
    path: '/payment-sessions/{id}/request-field',
    summary: 'Ask the caller for a field',
    description: 'Once more, or in another order. What was keyed of it is wiped.',
    body: { schema: requestFieldInput },
    answer: theSession,
    problems: ['session_ended', 'session_not_ready'],
    example: {
      request: { field: 'expiry' },
      response: {
        ...ready,
        state: 'capturing',
        fields: { ...ready.fields, expiry: { state: 'requested', digits: 0, error: null } },
        activeField: 'expiry',
      },
    },
  },
  {
    ...one,
    id: 'submitPaymentSession',
    method: 'POST',
    path: '/payment-sessions/{id}/submit',
    summary: 'Take the payment with the card that was keyed',
    description:
      'As a telephone order, once all fields are there. The gateway is asked right after the answer; the end is told by `payment_session.completed`. Again it changes nothing.',
    answer: theSession,
    problems: [
      'session_ended',
      'session_not_ready',
      'moto_not_enabled',
      'amount_not_allowed',
      'too_many_starts',
      'being_paid',
      'link_already_paid',
      'link_locked',
      'link_expired',
      'link_canceled',
      'link_not_payable',
    ],
    example: { response: { ...ready, state: 'submitting', version: 13, paymentAttempt: ATTEMPT_ID } },
  },
  {
    ...one,
    id: 'cancelPaymentSession',
    method: 'POST',
    path: '/payment-sessions/{id}/cancel',
    summary: 'Cancel a payment session',
    description:
      'With its link: nothing can be paid any more. Not while a card is on its way. Again it changes nothing.',
    answer: theSession,
    problems: ['link_paid', 'being_paid', 'session_not_ready', 'conflict', 'link_expired'],
    example: {
      response: { ...begun, state: 'canceled', reason: 'canceled', endedAt: '2026-11-24T09:01:00.000Z' },
    },
  },
  {
    ...one,
    id: 'switchPaymentSession',
    method: 'POST',
    path: '/payment-sessions/{id}/switch',
    summary: 'Go on by the other rail',
    description:
      'From the keypad to a link, or from a link to the keypad, or by the keypad once more, over the same link: also after a decline, a hang-up, a fault, or once time was over. An address may come with it where none is on file.',
    body: { schema: switchSessionInput },
    answer: theSession,
    problems: [
      ...CALL_PROBLEMS,
      'session_ended',
      'session_not_ready',
      'link_paid',
      'being_paid',
      'link_not_payable',
      'conflict',
    ],
    example: { request: { kind: 'digital', send: { channel: 'email' } }, response: begun },
  },
];
