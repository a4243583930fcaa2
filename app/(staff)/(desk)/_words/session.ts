import type { Tone } from '@/app/_components/badge';
import {
  type FieldError,
  type FieldFacts,
  isEnd,
  type RecordingState,
  SESSION_FIELDS,
  type SessionField,
  type SessionKind,
  type SessionState,
} from '@/core/payment-session';
import type { PaymentSession } from '@/lib/contracts/payment-sessions';

type Words = readonly [label: string, tone: Tone];

const ENDED = {
  submitting: ['Being paid', 'info'],
  succeeded: ['Paid', 'ok'],
  declined: ['Declined', 'bad'],
  canceled: ['Canceled', 'plain'],
  customer_hangup: ['Caller hung up', 'warn'],
  agent_hangup: ['Call ended here', 'warn'],
  timed_out: ['Time is over', 'warn'],
  failed: ['Failed', 'bad'],
} as const satisfies Partial<Record<SessionState, Words>>;

const STATES: Record<SessionKind, Record<SessionState, Words>> = {
  agent_assist: {
    ...ENDED,
    created: ['Starting', 'info'],
    connecting: ['Waiting for the call', 'info'],
    securing: ['Securing the call', 'info'],
    capturing: ['Card being keyed', 'accent'],
    ready: ['Ready', 'ok'],
  },
  digital: {
    ...ENDED,
    created: ['Link sent', 'info'],
    connecting: ['Link sent', 'info'],
    securing: ['Link sent', 'info'],
    capturing: ['Customer is on the page', 'accent'],
    ready: ['Customer is on the page', 'accent'],
  },
};

/** A session in two words. */
export const sessionWords = ({ kind, state }: Pick<PaymentSession, 'kind' | 'state'>): Words =>
  STATES[kind][state];

export const FIELD_NAMES: Record<SessionField, string> = {
  card_number: 'Card number',
  expiry: 'Expiry date',
  security_code: 'Security code',
};

const FIELD_ERRORS: Record<SessionField, Record<FieldError, string>> = {
  card_number: {
    check_digit: 'A digit is mistyped',
    unknown_brand: 'Not a card that is known here',
    length: 'Digits are missing, or too many',
    date: 'Not right',
    timeout: 'Not keyed in 30 seconds',
  },
  expiry: {
    check_digit: 'Not right',
    unknown_brand: 'Not right',
    length: 'Four digits are needed, like 0831',
    date: 'No such month, or the card has expired',
    timeout: 'Not keyed in 30 seconds',
  },
  security_code: {
    check_digit: 'Not right',
    unknown_brand: 'Not right',
    length: 'The wrong number of digits',
    date: 'Not right',
    timeout: 'Not keyed in 30 seconds',
  },
};

const count = (digits: number): string => `${digits} ${digits === 1 ? 'digit' : 'digits'} keyed`;

/** What was keyed is on its way and no longer held here. */
export const FIELD_SENT: Words = ['Sent to the bank', 'ok'];

/** How a field stands: how many digits, never which. */
export function fieldWords(field: SessionField, { state, digits, error }: FieldFacts): Words {
  switch (state) {
    case 'idle':
      return ['Not asked yet', 'plain'];
    case 'requested':
      return ['Waiting for the caller', 'accent'];
    case 'capturing':
      return [count(digits), 'accent'];
    case 'captured':
      return ['Complete', 'ok'];
    case 'error':
      return [error ? FIELD_ERRORS[field][error] : 'Not right', 'bad'];
  }
}

const ASKS: Record<SessionField, string> = {
  card_number: 'Please key the long number on the front of your card.',
  expiry: 'Please key the expiry date: four digits, first the month, then the year.',
  security_code: 'Please key the security code: three digits on the back, four on an American Express.',
};
/** What the caller can be told of the keypad, at any time. */
export const KEYPAD_HINT = 'The star key begins the field again, the hash key ends it.';

/** What to say to the caller while the card is keyed, and what to know oneself. */
export function sayNow(session: PaymentSession): { say: string | null; know: string } {
  switch (session.state) {
    case 'created':
    case 'connecting':
      return {
        say: 'One moment, I am setting up a secure way to take your card.',
        know: 'The call is being found.',
      };
    case 'securing':
      return {
        say: 'One moment. Please do not say or key your card number yet.',
        know: 'The recording is paused first, then the keys are masked. No digit is taken before both are confirmed.',
      };
    case 'capturing':
      return sayField(session);
    case 'ready':
      return {
        say: 'Thank you, that is complete. I am taking the payment now.',
        know: 'All three are complete. Take the payment, or ask for one again.',
      };
    case 'submitting':
      return {
        say: 'One moment, your bank is being asked.',
        know: 'This takes seconds. Do not ask for the card again.',
      };
    default:
      return { say: null, know: '' };
  }
}

/** Once a field is refused nothing is taken before the agent asks again: what the caller keys meanwhile is lost. */
function sayField(session: PaymentSession): { say: string; know: string } {
  const { activeField, fields } = session;
  const wrong = activeField ? null : SESSION_FIELDS.find((field) => fields[field].state === 'error');
  if (wrong)
    return {
      say: 'That did not come through. One moment, then please key it once more.',
      know: `${FIELD_NAMES[wrong]}: press “Ask again” first. What is keyed before that is not taken.`,
    };
  const next = activeField ?? SESSION_FIELDS.find((field) => fields[field].state !== 'captured');
  return { say: ASKS[next ?? 'card_number'], know: `${hearing(session)} ${KEYPAD_HINT}` };
}

const hearing = ({ secured }: PaymentSession): string =>
  secured === 'secured_leg'
    ? 'The caller is on the secured line and comes back to you by itself.'
    : 'Keep talking: neither you nor the recording hears the keys.';

/** Whether the session ended with its call. */
const isCallOver = ({ state, reason }: Pick<PaymentSession, 'state' | 'reason'>): boolean =>
  state === 'customer_hangup' || reason === 'agent_hung_up' || reason === 'unknown_hung_up';

/** Whether what is keyed can be heard, in words. */
export function lineWords({ secured, kind, call, state, reason }: PaymentSession): {
  text: string;
  tone: Tone;
  locked: boolean;
} {
  const isKeyed = ['securing', 'capturing', 'ready', 'submitting'].includes(state);
  if (kind === 'digital')
    return { text: 'The card is entered on the customer’s own screen', tone: 'ok', locked: true };
  if (isEnd(state))
    return {
      text: isCallOver({ state, reason }) ? 'The call is over' : 'The call is as before',
      tone: 'plain',
      locked: false,
    };
  if (!secured || !isKeyed)
    return { text: call ? 'Not secured yet' : 'No call', tone: 'warn', locked: false };
  return secured === 'masked'
    ? { text: 'Secured: the keys are masked', tone: 'ok', locked: true }
    : { text: 'Secured: the caller is on the secured line', tone: 'ok', locked: true };
}

const RECORDINGS: Record<RecordingState, Words> = {
  recording: ['Recording is on', 'warn'],
  suspending: ['Recording is being paused…', 'warn'],
  suspended: ['Recording is paused', 'ok'],
  resuming: ['Recording is being turned on…', 'info'],
  resumed: ['Recording is on again', 'plain'],
  resume_failed: ['Recording is still off; it is tried again', 'bad'],
  unavailable: ['This call is not recorded', 'ok'],
};

export type RecordingOf = { recording: RecordingState } & Pick<PaymentSession, 'state' | 'reason'>;
/** Of a call that is over none is on, and none is off. */
export function recordingWords({ recording, ...session }: RecordingOf): Words {
  return recording === 'resumed' && isCallOver(session)
    ? ['The recording ended with the call', 'plain']
    : RECORDINGS[recording];
}
