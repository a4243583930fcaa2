import { expect, test } from 'vitest';
import { DECLINE_CODES } from '@/core/payment-attempt';
import { idleFields, SESSION_ENDS, SESSION_STATES, type SessionState } from '@/core/payment-session';
import type { PaymentSessionRow } from '@/db/queries/payment-sessions';
import { newId } from '../ids';
import { REASON_CODES, statusOf } from './status';

const AT = new Date('2026-02-23T09:28:22.781Z');
const LINK = { amountMinor: 1240 };
const SENT = { FirstName: 'John', Amount: '12.40', Currency: 'GBP', blankVariable: ' kept ' };
const ATTEMPT = {
  id: newId('paymentAttempt'),
  state: 'declined',
  gatewayReference: 'gw_1',
  declineCode: 'insufficient_funds',
  submittedAt: AT,
} as const;

const session = (state: SessionState, more: Partial<PaymentSessionRow> = {}) =>
  ({
    id: newId('paymentSession'),
    paymentLinkId: newId('paymentLink'),
    state,
    callId: null,
    fields: idleFields(),
    compatible: SENT,
    createdAt: AT,
    updatedAt: AT,
    ...more,
  }) as PaymentSessionRow;
const result = (...[state, ...attempts]: [SessionState, ...Parameters<typeof statusOf>[2]]) =>
  statusOf(session(state), LINK, attempts).paymentResultData;

test('until it has ended a session repeats the request, with the amount in minor units and everything else untouched', () => {
  const told = statusOf(session('capturing', { callId: 'a0dc3aca-92f7-4cac-9f12-208a2916be7d' }), LINK, []);
  expect(told).toEqual({
    sessionGuid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    callGuid: 'a0dc3aca-92f7-4cac-9f12-208a2916be7d',
    providerSessionGuid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    createdOn: '2026-02-23T09:28:22.781Z',
    lastUpdatedOn: '2026-02-23T09:28:22.781Z',
    sessionState: 'InProgress',
    paymentResultData: { ...SENT, Amount: '1240' },
  });
});

test('a session is Created, InProgress, or Finished in each of its ends and in no other state', () => {
  const states = SESSION_STATES.map((state) => statusOf(session(state), LINK, []).sessionState);
  const ends = SESSION_STATES.filter((_, at) => states[at] === 'Finished');
  expect(ends).toEqual([...SESSION_ENDS]);
  expect(states[0]).toBe('Created');
  expect(new Set(states.slice(1, 6))).toEqual(new Set(['InProgress']));
});

test('each end is told as a decision, a reason and what the gateway calls it', () => {
  const paid = { ...ATTEMPT, state: 'succeeded', declineCode: null } as const;
  const told = (...asked: Parameters<typeof result>) => {
    const { decision, reasonCode, requestID, transactionType } = result(...asked);
    return [decision, reasonCode, requestID, transactionType];
  };
  expect(told('succeeded', ATTEMPT, paid)).toEqual(['ACCEPT', '100', 'gw_1', 'Capture']);
  expect(told('succeeded', { ...paid, state: 'authorized' })).toEqual([
    'ACCEPT',
    '100',
    'gw_1',
    'Authorization',
  ]);
  expect(told('declined', ATTEMPT)).toEqual(['DECLINE', '204', 'gw_1', 'Capture']);
  const failed = { ...ATTEMPT, state: 'failed', declineCode: null, gatewayReference: null } as const;
  expect(told('failed', failed)).toEqual(['ERROR', '150', ATTEMPT.id, 'Capture']);
  expect(told('canceled')).toEqual(['CANCEL', '901', '', '']);
  expect(told('customer_hangup')).toEqual(['CANCEL', '902', '', '']);
  expect(told('agent_hangup')).toEqual(['CANCEL', '903', '', '']);
  expect(told('timed_out')).toEqual(['EXPIRED', '904', '', '']);
  expect(result('succeeded', paid)).toMatchObject({ ...SENT, Amount: '1240' });
});

test('every decline code has a reason code, and a card that was only tried does not count as the result', () => {
  for (const declineCode of DECLINE_CODES)
    expect(result('declined', { ...ATTEMPT, declineCode }).reasonCode).toBe(REASON_CODES[declineCode]);
  const unsent = { ...ATTEMPT, state: 'abandoned', gatewayReference: null, submittedAt: null } as const;
  expect(result('timed_out', unsent)).toMatchObject({ requestID: '', transactionType: '' });
});
