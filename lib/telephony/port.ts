import type { DigitSource } from '@/core/keypad';
import type { CallDirection, SessionField } from '@/core/payment-session';

/** What a provider can do. The desk and the docs say so to people; verbs ask here and never which provider it is. */
export type TelephonyCapabilities = {
  /** Tones are masked while both keep talking. Where not, the caller goes to a secured leg and comes back. */
  maskedWhileTalking: boolean;
  /** The recording can be paused; where not, a call that is recorded cannot be secured. */
  recordingPause: boolean;
  /** `digits`: each key is sent to the card process. `fields`: the provider gathers a field itself and sends the whole card there. */
  collects: 'digits' | 'fields';
};

export type CallEnd = 'customer' | 'agent' | 'unknown';

/** A call as the provider tells it. `leg` is the customer's. */
export type TelephonyCall = {
  id: string;
  leg: string;
  direction: CallDirection;
  state: 'active' | 'ended';
  endedBy: CallEnd | null;
  /** Who takes the call for the merchant, as the provider names them. */
  agent: string;
  customerPhone: string | null;
};

/** No answer that can be trusted. What was asked may have happened or not: it is asked again, or undone. */
export type Unreachable = { kind: 'unreachable'; reason: string };
/** The provider said no in so many words: nothing happened. */
export type Refused = { kind: 'refused'; reason: string };

export type FindResult = { kind: 'found'; call: TelephonyCall } | { kind: 'none' } | Unreachable;

/**
 * All recordings of the call. `pending`: accepted, and told by a notification once it is so; only `suspended` and `none` are
 * confirmations, where the provider's reference says that its answer is one.
 */
export type SuspendResult =
  | { kind: 'suspended' }
  | { kind: 'none' }
  | { kind: 'pending' }
  | Refused
  | Unreachable;
export type ResumeResult =
  | { kind: 'resumed' }
  | { kind: 'none' }
  | { kind: 'pending' }
  /** The call is over: there is nothing left to record. */
  | { kind: 'over' }
  | Refused
  | Unreachable;

/**
 * `masked`: tones are heard by nobody. `secured_leg`: the caller is on a leg that agent and recording do not hear. `handle` is
 * the provider's own name of it, where it has one: whoever asked keeps it, the adapter keeps nothing.
 */
export type SecureResult =
  | { kind: 'secured'; how: 'masked' | 'secured_leg'; handle?: string }
  | { kind: 'pending' }
  | { kind: 'over' }
  | Refused
  | Unreachable;
/** What the acts upon a secured call are told of it: what `secure` was given, and what it answered. */
export type Secured = { callback: string; handle: string | null };
export type AskResult = { kind: 'asked' } | Refused | Unreachable;
export type ReleaseResult = { kind: 'released' } | { kind: 'over' } | Refused | Unreachable;

/** What a verified notification of the provider says, in our words. Never a digit. */
export type TelephonyFact =
  | { kind: 'call_ended'; call: string; by: CallEnd }
  | { kind: 'recording_suspended'; call: string }
  | { kind: 'recording_resumed'; call: string }
  | { kind: 'secured'; call: string; how: 'masked' | 'secured_leg' }
  /** The call went to another agent, or back from one. */
  | { kind: 'handed_over'; call: string; agent: string }
  /** The line no longer reaches the card process with what is keyed. */
  | { kind: 'digits_lost'; call: string }
  | { kind: 'other' };
/** `at`: when it happened, by the provider's clock; null where it does not say. It may come late, or a second time. */
export type TelephonyNotification = { id: string; at: Date | null; fact: TelephonyFact };

/**
 * The portal's face of a telephony provider: no digit ever passes here. Every act may be repeated and then answers the same.
 * Adapters map, they do not decide; none throws for what a provider or a network may do.
 */
export type Telephony = {
  capabilities: TelephonyCapabilities;
  /** The call with this id, or the one that this agent is on. */
  find: (which: { call: string } | { agent: string }) => Promise<FindResult>;
  suspendRecording: (call: string) => Promise<SuspendResult>;
  resumeRecording: (call: string) => Promise<ResumeResult>;
  /** How the card process shall know what the provider sends it: a fresh secret where the provider takes one, else its own. */
  source: () => DigitSource;
  /** From the answer on what is keyed goes to `callback` alone, at the card process, proved by `source`. */
  secure: (call: string, to: { callback: string; source: DigitSource }) => Promise<SecureResult>;
  /** Where the provider gathers fields itself, or says on the secured leg what to key: asks for one. Else nothing is asked. */
  requestField?: (call: string, field: SessionField, secured: Secured) => Promise<AskResult>;
  /**
   * Where `collects` is `fields`: the provider sends the whole card to the card process, which holds the ticket by then. What
   * secured the call ends with it: another card needs it again.
   */
  sendCard?: (call: string, secured: Secured) => Promise<AskResult>;
  /** Agent and caller are as they were before: tones are tones again, and go nowhere. */
  release: (call: string, secured?: Secured) => Promise<ReleaseResult>;
};

/**
 * Verifies a notification over its raw bytes before anything of it is parsed; null when it is not the provider's. `url` is the
 * address that the provider was given and called: some sign it too.
 */
export type TelephonyNotificationReader = (
  secret: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  now: Date,
  url: string,
) => TelephonyNotification | null;
