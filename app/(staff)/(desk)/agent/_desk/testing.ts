import { type FieldFacts, idleFields, type SessionField } from '@/core/payment-session';
import type { PaymentLink } from '@/lib/contracts/payment-links';
import type { PaymentSession } from '@/lib/contracts/payment-sessions';
import type { AttemptHistory, LinkHistory } from '@/lib/payment-links';
import type { AgentDesk } from '@/lib/payment-sessions';

const AT = '2026-11-24T14:00:00.000Z';
const MADE = { kind: 'user' as const, id: 'user_1', name: 'Agnes Agent' };
const VISA = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2031 };

const LINK = {
  id: 'plink_1',
  object: 'payment_link',
  url: 'https://pay.example.com/pay/x',
  status: 'active',
  amountMinor: 1240,
  currency: 'GBP',
  amountType: 'fixed',
  capturedMinor: 0,
  refundedMinor: 0,
  disputedMinor: 0,
  description: 'Two walking sticks',
  reference: 'R-1',
  profile: 'prof_1',
  customer: { name: 'Ada Lovelace', email: null, phone: '+447700900123', locale: 'en', timeZone: null },
  phrase: 'calm river',
  createdAt: AT,
  updatedAt: AT,
  expiresAt: AT,
  openedAt: null,
  canceledAt: null,
  paidAt: null,
} as unknown as PaymentLink;

const SESSION: PaymentSession = {
  id: 'psess_1',
  object: 'payment_session',
  kind: 'agent_assist',
  state: 'capturing',
  version: 1,
  livemode: false,
  paymentLink: 'plink_1',
  paymentAttempt: null,
  profile: 'prof_1',
  amountMinor: 1240,
  currency: 'GBP',
  agent: { id: 'user_1', name: 'Agnes Agent' },
  call: { id: 'call_1', leg: 'leg_1', direction: 'inbound' },
  secured: 'masked',
  recording: 'suspended',
  fields: idleFields(),
  activeField: 'card_number',
  brand: null,
  progress: null,
  reason: null,
  createdBy: MADE,
  createdAt: AT,
  updatedAt: AT,
  endedAt: null,
};

/** A try to pay, for tests of screens. */
export const attemptOf = (more: Partial<AttemptHistory>): AttemptHistory =>
  ({
    id: 'pay_1',
    state: 'succeeded',
    amountMinor: 1240,
    currency: 'GBP',
    channel: 'moto',
    card: VISA,
    declineCode: null,
    reason: null,
    needsOperator: false,
    ...more,
  }) as AttemptHistory;

type Told = {
  session?: Partial<PaymentSession>;
  fields?: Partial<Record<SessionField, Partial<FieldFacts>>>;
  link?: Partial<PaymentLink>;
  history?: Partial<LinkHistory>;
  messages?: { channel: string; state: string; to?: string; reason?: string }[];
  desk?: Partial<AgentDesk>;
};

/** A desk as the portal tells it, for tests of words and screens; what is not named is a capture that goes well. */
export function deskOf({ session, fields = {}, link, history, messages = [], desk }: Told = {}): AgentDesk {
  const facts = idleFields();
  for (const field of Object.keys(fields) as SessionField[]) Object.assign(facts[field], fields[field]);
  return {
    session: { ...SESSION, fields: facts, ...session },
    history: {
      link: { ...LINK, ...link },
      events: [],
      attempts: [],
      refunds: [],
      disputes: [],
      deliveries: [],
      standing: {
        next: { minMinor: 1240, maxMinor: 1240 },
        heldMinor: 0,
        reissues: 0,
        request: null,
        late: false,
      },
      messages: messages.map((one) => ({
        template: 'payment_request',
        to: '+447700900123',
        reason: null,
        ...one,
      })),
      ...history,
    } as unknown as LinkHistory,
    attempt: null,
    now: AT,
    fieldEndsAt: null,
    captureEndsAt: null,
    channels: ['sms'],
    may: { requestField: true, submit: false, cancel: true, switchTo: ['digital'], send: false },
    ...desk,
  };
}
