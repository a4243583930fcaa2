/** A payment session: one payment that an agent takes during a call, by link or by telephone keypad, over one payment link. */
import type { Transitions } from './transitions';

export { FORM_FIELDS, FORM_TICKS, type FormField, type FormProgress, type FormTick } from './form-progress';

export const SESSION_KINDS = ['digital', 'agent_assist'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

export const SESSION_STATES = [
  'created',
  'connecting',
  'securing',
  'capturing',
  'ready',
  'submitting',
  'succeeded',
  'declined',
  'canceled',
  'customer_hangup',
  'agent_hangup',
  'timed_out',
  'failed',
] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** The ends. All but the first and `canceled` may be left again: another card, or the other rail. */
export const SESSION_ENDS = [
  'succeeded',
  'declined',
  'canceled',
  'customer_hangup',
  'agent_hangup',
  'timed_out',
  'failed',
] as const satisfies readonly SessionState[];
export type SessionEnd = (typeof SESSION_ENDS)[number];
export const isEnd = (state: SessionState): state is SessionEnd => SESSION_ENDS.some((end) => end === state);

/** The ends of a call, of time, of a fault: each may come in any state that is not yet submitted. */
const BROKEN_OFF = ['canceled', 'customer_hangup', 'agent_hangup', 'timed_out', 'failed'] as const;
/** From an end the agent goes on with the other rail (`created`), or with the keypad again (`connecting`). */
const AGAIN = ['created', 'connecting', 'canceled', 'succeeded', 'submitting'] as const;

/**
 * `agent_assist` walks connecting → securing → capturing ⇄ ready → submitting; `digital` goes from created to capturing once a
 * person opened the page, to submitting with each try, and back to capturing where a card was declined. Money is a fact
 * whenever it comes: `succeeded` is reached from everywhere, and never left.
 */
export const SESSION_TRANSITIONS: Transitions<SessionState> = {
  created: ['connecting', 'capturing', 'submitting', 'succeeded', ...BROKEN_OFF],
  connecting: ['securing', 'created', 'submitting', 'succeeded', ...BROKEN_OFF],
  securing: ['capturing', 'created', 'submitting', 'succeeded', ...BROKEN_OFF],
  capturing: ['ready', 'securing', 'created', 'connecting', 'submitting', 'succeeded', ...BROKEN_OFF],
  ready: ['capturing', 'securing', 'created', 'submitting', 'succeeded', ...BROKEN_OFF],
  submitting: ['capturing', 'succeeded', 'declined', ...BROKEN_OFF],
  succeeded: [],
  declined: [...AGAIN, 'customer_hangup', 'agent_hangup', 'timed_out'],
  canceled: ['succeeded'],
  customer_hangup: [...AGAIN],
  agent_hangup: [...AGAIN],
  timed_out: [...AGAIN],
  failed: [...AGAIN],
};

/** The card's fields on the keypad, in the order in which they are asked. */
export const SESSION_FIELDS = ['card_number', 'expiry', 'security_code'] as const;
export type SessionField = (typeof SESSION_FIELDS)[number];

export const FIELD_STATES = ['idle', 'requested', 'capturing', 'captured', 'error'] as const;
export type FieldState = (typeof FIELD_STATES)[number];

/** Why a field is asked again. Never what was keyed. */
export const FIELD_ERRORS = ['check_digit', 'unknown_brand', 'length', 'date', 'timeout'] as const;
export type FieldError = (typeof FIELD_ERRORS)[number];

/** What an agent may know of a field: how many digits, and whether they keep the rules. */
export type FieldFacts = { state: FieldState; digits: number; error: FieldError | null };
export type FieldsFacts = Record<SessionField, FieldFacts>;

const IDLE: FieldFacts = { state: 'idle', digits: 0, error: null };
export const idleFields = (): FieldsFacts => ({
  card_number: { ...IDLE },
  expiry: { ...IDLE },
  security_code: { ...IDLE },
});
export const allCaptured = (fields: FieldsFacts): boolean =>
  SESSION_FIELDS.every((field) => fields[field].state === 'captured');

/**
 * `unavailable`: confirmed that the call is not recorded. `resume_failed`: it stays off, an operator is told, and it is tried
 * again.
 */
export const RECORDING_STATES = [
  'recording',
  'suspending',
  'suspended',
  'resuming',
  'resumed',
  'resume_failed',
  'unavailable',
] as const;
export type RecordingState = (typeof RECORDING_STATES)[number];

export const RECORDING_TRANSITIONS: Transitions<RecordingState> = {
  recording: ['suspending', 'unavailable'],
  suspending: ['suspended', 'unavailable', 'resuming', 'resumed'],
  suspended: ['resuming', 'suspending'],
  resuming: ['resumed', 'resume_failed', 'unavailable'],
  resumed: ['suspending', 'unavailable', 'resume_failed'],
  resume_failed: ['resumed', 'suspending', 'resuming', 'unavailable'],
  unavailable: ['suspending'],
};

/** A digit is accepted only while the recording is confirmed to be off, or confirmed not to be there. */
export const isSafeToCapture = (recording: RecordingState | null): boolean =>
  recording === 'suspended' || recording === 'unavailable';

/** A person's recording must be on again once this session no longer needs it off. */
export const OFF_STATES = [
  'suspending',
  'suspended',
  'resuming',
  'resume_failed',
] as const satisfies readonly RecordingState[];
export const mustResume = (recording: RecordingState | null): boolean =>
  OFF_STATES.some((off) => off === recording);

/** A field is to be keyed within this many seconds, all of them within the longer time. */
export const FIELD_SECONDS = 30;
export const CAPTURE_SECONDS = 300;
/** The call and its recording are secured within so many seconds, or the session fails. */
export const SECURING_SECONDS = 20;
/** A card process that was not heard of for so long has lost its capture. It tells of itself every five. */
export const HEARTBEAT_SECONDS = 5;
export const LOST_SECONDS = 16;

export const CALL_DIRECTIONS = ['inbound', 'outbound'] as const;
export type CallDirection = (typeof CALL_DIRECTIONS)[number];
