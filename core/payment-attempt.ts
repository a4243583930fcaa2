import type { Transitions } from './transitions';

export const ATTEMPT_STATES = [
  'created',
  'submitted',
  'requires_action',
  'authorized',
  'unknown',
  'succeeded',
  'declined',
  'failed',
  'abandoned',
  'voided',
] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

/** An attempt only advances. `unknown` is left by reading the gateway, never by charging again. */
export const ATTEMPT_TRANSITIONS: Transitions<AttemptState> = {
  created: ['submitted', 'abandoned'],
  submitted: ['requires_action', 'authorized', 'unknown', 'succeeded', 'declined', 'failed', 'abandoned'],
  requires_action: ['authorized', 'unknown', 'succeeded', 'declined', 'failed', 'abandoned'],
  unknown: ['requires_action', 'authorized', 'succeeded', 'declined', 'failed', 'abandoned'],
  authorized: ['succeeded', 'voided', 'failed'],
  succeeded: [],
  declined: [],
  failed: [],
  abandoned: [],
  voided: [],
};

/** The states that hold a link's lease: at most one attempt of a link is in one of them (unique index, invariant I1). */
export const OPEN_ATTEMPT_STATES = ['submitted', 'requires_action', 'unknown', 'authorized'] as const;

export const MAX_ATTEMPTS_PER_LINK = 5;
export const MAX_CARDS_PER_LINK = 3;
/** A ticket may be submitted this long after it was signed. */
export const TICKET_SECONDS = 120;
/** From the grant on, the card process may still send to the gateway for this long (kept by its monotonic clock). */
export const SEND_WINDOW_MS = 10_000;
/** The card process waits this long for the gateway; the portal reads the gateway only after it. */
export const GATEWAY_BUDGET_MS = 30_000;
/** A payment begun before a link's end may be submitted this long after it. */
export const GRACE_SECONDS = 900;
/** The issuer's challenge page lives this long at the most. */
export const CHALLENGE_SECONDS = 300;

/** Why an issuer or gateway said no. The payer reads one generic sentence; staff see the code in words. */
export const DECLINE_CODES = [
  'do_not_honor',
  'insufficient_funds',
  'expired_card',
  'incorrect_cvc',
  'authentication_required',
  'authentication_failed',
  'processor_error',
  'generic_decline',
] as const;
export type DeclineCode = (typeof DECLINE_CODES)[number];

export const asDeclineCode = (code: unknown): DeclineCode =>
  DECLINE_CODES.find((known) => known === code) ?? 'generic_decline';

/** What may be shown of a card: brand, last four digits and expiry. Nothing else is ever known here. */
export type CardFacts = { brand: string; last4: string; expMonth: number; expYear: number };

/** One answer of a gateway, in our words. `unknown` means nobody may charge again before the gateway was read. */
export type GatewayResult =
  | { kind: 'authorized'; captured: boolean; gatewayReference: string; card: CardFacts }
  | { kind: 'requires_action'; gatewayReference: string; challengeUrl: string; card: CardFacts }
  | { kind: 'declined'; declineCode: DeclineCode; gatewayReference?: string; card?: CardFacts }
  | { kind: 'failed'; reason: string; gatewayReference?: string }
  | { kind: 'unknown'; reason: string };
