/**
 * What portal and card process say to each other about a card that is keyed on a telephone. The portal signs its calls and the
 * card process its answers, and the other way round; who listens on the line sends digits to the card process alone.
 */
import type { FieldsFacts, SessionField } from './payment-session';

export const KEYPAD_ACTS = ['open', 'field', 'submit', 'close'] as const;
export type KeypadAct = (typeof KEYPAD_ACTS)[number];

/** How the card process knows that digits come from the telephony provider of the call. */
export type DigitSource = { kind: 'sandbox'; secret: string };

/**
 * POST {card}/keypad/open. Begins a capture; the answer is 201 with the address of this very process, where everything else
 * about it goes. `order` counts the calls of a capture: one that is not above the last is refused with 409.
 */
export type OpenCapture = { capture: string; session: string; order: number; source: DigitSource };
export type CaptureOpened = { capture: string; callback: string };

/** POST {callback}/field: from now on digits are those of this field, which is emptied. */
export type AskField = { capture: string; order: number; field: SessionField };
/** POST {callback}/submit: 202, the outcome comes by the card process's own calls. `ticket` is as the card form carries it. */
export type SubmitCapture = { capture: string; order: number; ticket: string };
/** POST {callback}/close: everything is wiped. */
export type CloseCapture = { capture: string; order: number };

/** The bytes that the portal signs of a call to the card process. */
export const keypadSigningInput = (act: KeypadAct, timestamp: string, nonce: string, body: string): string =>
  `counterfoil/keypad-call/v1\n${act}\n${timestamp}\n${nonce}\n${body}`;
/** What the card process signs in its answer. */
export const keypadAnswerInput = (nonce: string, status: number, body: string): string =>
  `counterfoil/keypad-answer/v1\n${nonce}\n${status}\n${body}`;

/** Why a submission was not sent to the gateway: a code of core/outcome, or `card_invalid`. */
export type KeypadRefusal = { attempt: string; code: string };

/**
 * POST /internal/card/keypad, signed by the card process: how a capture stands. The newest `count` is the truth; an older one
 * that comes late is ignored. Told at each change, and every HEARTBEAT_SECONDS.
 */
export type KeypadReport = {
  capture: string;
  session: string;
  count: number;
  active: SessionField | null;
  fields: FieldsFacts;
  brand: string | null;
  refused: KeypadRefusal | null;
  /** It is over here: its five minutes were, the process stops, or the portal closed it. */
  ended: 'timed_out' | 'stopping' | 'closed' | null;
};

/** What the portal answers to a report. `keep` false: the session no longer wants the capture, which is wiped at once. */
export type KeypadAnswer = { keep: boolean };

/** POST {callback}/digits by the telephony provider: one key of the caller's, in order. `*` empties the field, `#` ends it. */
export type DigitKeyed = { call: string; order: number; key: string };
export const isKey = (key: unknown): key is string => typeof key === 'string' && /^[0-9*#]$/.test(key);
