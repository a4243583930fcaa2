/**
 * What the portal and the card process say to each other. The portal signs tickets and answers with its Ed25519 key,
 * the card process signs its calls with its own. This file fixes the bytes that are signed; each side signs by itself.
 */
import type { Locale } from './messages';
import type { CardFacts, GatewayResult } from './payment-attempt';

/**
 * The right to submit one attempt once. Travels through the browser, so it holds no secret of a gateway. It says nothing of
 * its own end: whether it is too old is judged by the database's clock when it is submitted.
 */
export type CardTicket = {
  v: 1;
  attempt: string;
  paymentLink: string;
  amountMinor: number;
  currency: string;
  channel: 'ecommerce' | 'moto';
  /** The origin of the pay page that may hand this ticket over. */
  parent: string;
  /** The language chosen on that page, which what leads back to it keeps. */
  locale?: Locale;
  /** The trace it belongs to, as a `traceparent`, where the portal traces. */
  trace?: string;
};

const TICKET_PURPOSE = 'counterfoil/ticket/v1\n';

/** The bytes a ticket's signature covers; the ticket itself is `payload.signature`, both base64url. */
export const ticketSigningInput = (payload: string): string => TICKET_PURPOSE + payload;

export const CARD_CALLS = ['submit', 'result', 'keypad'] as const;
export type CardCall = (typeof CARD_CALLS)[number];

/** Headers of a signed call and of its signed answer. */
export const SIGNATURE_HEADERS = {
  timestamp: 'counterfoil-timestamp',
  nonce: 'counterfoil-nonce',
  signature: 'counterfoil-signature',
} as const;

/** What the card process signs: the call, unix seconds, a random nonce and the exact body. */
export const callSigningInput = (call: CardCall, timestamp: string, nonce: string, body: string): string =>
  `counterfoil/card-call/v1\n${call}\n${timestamp}\n${nonce}\n${body}`;

/** What the portal signs in its answer: bound to the call by the nonce, and to the status. */
export const answerSigningInput = (nonce: string, status: number, body: string): string =>
  `counterfoil/card-answer/v1\n${nonce}\n${status}\n${body}`;

/** POST /internal/card/submit: asks for the attempt's one right to be sent. */
export type SubmitCall = { attempt: string; amountMinor: number; currency: string; card: CardFacts };

/** 200: send now. The credentials live in memory for this one call. Any other status: nothing is sent. */
export type SubmitGrant = {
  attempt: string;
  paymentLink: string;
  amountMinor: number;
  currency: string;
  channel: 'ecommerce' | 'moto';
  /** What a bank's page returns with, where it fills the window: leads back to the pay page without naming it. */
  handle: string;
  capture: boolean;
  /** Milliseconds from the answer on within which the first byte must be sent. */
  sendWithinMs: number;
  /** `account` is whom the gateway's notifications about this payment are for. */
  gateway: { kind: 'sandbox'; url: string; apiKey: string; account: string };
};

/** A refusal of either call: `code` is one of the codes of core/outcome. */
export type CallRefusal = { code: string; message: string };

/** POST /internal/card/result: what the gateway answered. Repeated with the same content it changes nothing. */
export type ResultCall = { attempt: string; amountMinor: number; currency: string; result: GatewayResult };
export type ResultAnswer = { attempt: string; state: string };
