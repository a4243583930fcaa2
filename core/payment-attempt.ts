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

/** An attempt only advances. `unknown` is left by reading the gateway or, after a day, by a person's word; never by charging again. */
export const ATTEMPT_TRANSITIONS: Transitions<AttemptState> = {
  created: ['submitted', 'abandoned'],
  submitted: [
    'requires_action',
    'authorized',
    'unknown',
    'succeeded',
    'declined',
    'failed',
    'abandoned',
    'voided',
  ],
  requires_action: ['authorized', 'succeeded', 'declined', 'failed', 'abandoned', 'voided'],
  unknown: ['requires_action', 'authorized', 'succeeded', 'declined', 'failed', 'abandoned', 'voided'],
  authorized: ['succeeded', 'voided', 'failed'],
  succeeded: [],
  declined: [],
  failed: [],
  abandoned: [],
  voided: [],
};

/**
 * Truth that turns up after an attempt was closed: the gateway says that money is there all the same. Only an attempt
 * that was submitted may take these steps, and only on the gateway's own word.
 */
export const LATE_TRANSITIONS: Partial<Transitions<AttemptState>> = {
  failed: ['authorized', 'succeeded'],
  abandoned: ['authorized', 'succeeded'],
};

/**
 * What a person may say of an attempt that the gateway has not told of for a day, and where it leads. Never of money that is
 * held: that is known, and taken or given back. The gateway is still asked after it; its word counts more.
 */
export const DECISIONS = ['charged', 'not_charged'] as const;
export type Decision = (typeof DECISIONS)[number];
export const DECISION_STATES = { charged: 'succeeded', not_charged: 'failed' } as const satisfies Record<
  Decision,
  AttemptState
>;
export const DECIDABLE_STATES = ['submitted', 'requires_action', 'unknown'] as const;

/** The states that hold a link's lease: at most one attempt of a link is in one of them (unique index, invariant I1). */
export const OPEN_ATTEMPT_STATES = ['submitted', 'requires_action', 'unknown', 'authorized'] as const;

export const MAX_ATTEMPTS_PER_LINK = 5;
export const MAX_CARDS_PER_LINK = 3;
/** Presses of Pay on one link within an hour, submitted or not. */
export const MAX_STARTS_PER_HOUR = 30;
/** A ticket may be submitted this long after it was signed. */
export const TICKET_SECONDS = 120;
/** From the grant on, the card process may still send to the gateway for this long (kept by its monotonic clock). */
export const SEND_WINDOW_MS = 10_000;
/** The card process waits this long for the gateway; the portal reads the gateway only after it. */
export const GATEWAY_BUDGET_MS = 30_000;
/** A payment begun before a link's end may be submitted this long after it. */
export const GRACE_SECONDS = 900;
/** True while an attempt that was begun strictly before its link's end may still be submitted, to the last second of the grace. */
export const isBegunInTime = (createdAt: Date, link: { expiresAt: Date; now: Date }): boolean =>
  createdAt < link.expiresAt && link.now.getTime() <= link.expiresAt.getTime() + GRACE_SECONDS * 1000;
/** The issuer's challenge page lives this long at the most. */
export const CHALLENGE_SECONDS = 300;
/** From its submission on, the handle that a bank's page returns with leads back to the page for this long. */
export const HANDLE_SECONDS = 900;
/** How that handle is written. */
export const ATTEMPT_HANDLE = /^[A-Za-z0-9_-]{50}$/;

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
  /** A hold that was given back, or ran out at the gateway. */
  | { kind: 'voided'; reason: string; gatewayReference?: string }
  | { kind: 'unknown'; reason: string };
