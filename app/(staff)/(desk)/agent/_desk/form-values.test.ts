import { expect, test } from 'vitest';
import { NO_CARD } from '@/app/_components/no-card';
import type { AgentContext } from '@/lib/payment-sessions';
import {
  emptyValues,
  errorsIn,
  fill,
  keypadWay,
  refusedFields,
  sessionInput,
  whyNoKeypad,
} from './form-values';
import { keyPressed } from './keys';

const context = {
  profiles: [
    { id: 'prof_1', name: 'standard', isDefault: true, moto: true, lookup: true },
    { id: 'prof_2', name: 'links only', isDefault: false, moto: false, lookup: false },
  ],
  defaultCurrency: 'GBP',
  capabilities: { maskedWhileTalking: true, recordingPause: true, collects: 'digits' },
} as unknown as AgentContext;
const empty = emptyValues(context);
const call = {
  id: 'call_1',
  leg: 'leg_1',
  direction: 'inbound',
  customerPhone: null,
  state: 'active',
} as const;

test('an amount and an address are all that a link needs, an amount all that the keypad needs', () => {
  expect(Object.keys(errorsIn(empty, 'digital'))).toEqual(['amount', 'contact']);
  expect(Object.keys(errorsIn(empty, 'agent_assist'))).toEqual(['amount']);
  expect(errorsIn({ ...empty, amount: '12.40', contact: 'ada@example.com' }, 'digital')).toEqual({});
});

test('with a card number in any field nothing is sent', () => {
  for (const name of ['reference', 'amount', 'description', 'contact', 'name', 'email'] as const)
    expect(errorsIn({ ...empty, [name]: '4242 4242 4242 4242' }, 'agent_assist')[name]).toBe(NO_CARD);
});

test('what is sent is what was typed, the contact by what it is', () => {
  const typed = { ...empty, amount: '12.40', contact: '+44 7700 900123', reference: ' R-1 ' };
  expect(sessionInput(typed, 'digital', null)).toEqual({
    kind: 'digital',
    amountMinor: 1240,
    currency: 'GBP',
    profile: 'prof_1',
    reference: 'R-1',
    customer: { phone: '+44 7700 900123' },
  });
  expect(sessionInput({ ...typed, contact: 'ada@example.com' }, 'agent_assist', call)).toMatchObject({
    customer: { email: 'ada@example.com' },
    call: { id: 'call_1', leg: 'leg_1' },
  });
});

test('a lookup fills in, and leaves alone what it does not know', () => {
  const typed = { ...empty, description: 'Sticks', contact: '+447700900001' };
  expect(fill(typed, { amount: '86.50', currency: 'EUR', email: 'nina@favre.example' })).toMatchObject({
    amount: '86.50',
    currency: 'EUR',
    description: 'Sticks',
    contact: 'nina@favre.example',
    profile: 'prof_1',
  });
  expect(fill(typed, { phone: '+447700900321', email: 'nina@favre.example' })).toMatchObject({
    contact: '+447700900321',
    email: 'nina@favre.example',
  });
});

test('a refused address is told at the field where it stands', () => {
  const errors = [{ path: 'customer.phone', message: 'must be a phone number' }];
  const refusal = { code: 'invalid', message: 'No.', errors } as const;
  expect(refusedFields({ ...refusal }, { ...empty, contact: '07700' })).toEqual({
    contact: expect.stringContaining('country code'),
  });
  const needed = { path: 'customer.phone', message: 'is needed to ask for its last digits, as this does' };
  expect(refusedFields({ ...refusal, errors: [needed] }, { ...empty, contact: 'ada@x.example' })).toEqual({
    contact: expect.stringContaining('enter a mobile phone number'),
  });
});

test('the keypad is offered only where it can be, and says why not', () => {
  expect(whyNoKeypad(context, { call, problem: null }, 'prof_1')).toBeNull();
  expect(whyNoKeypad(context, { call, problem: null }, 'prof_2')).toContain('no telephone orders');
  expect(whyNoKeypad(context, { call: null, problem: 'none' }, 'prof_1')).toContain('no call');
  expect(whyNoKeypad({ ...context, capabilities: null }, undefined, 'prof_1')).toContain('No telephony');
});

const pressed = (key: string, code: string, more: object = {}) => ({
  ...{ key, code, altKey: true, ctrlKey: false, metaKey: false, shiftKey: false },
  ...more,
});

test('a key acts with Alt alone, and a letter that is being typed is never an act', () => {
  expect(keyPressed(pressed('l', 'KeyL'), false)).toBe('link');
  expect(keyPressed(pressed('l', 'KeyL'), true)).toBe('link');
  expect(keyPressed(pressed('¬', 'KeyL'), false)).toBe('link');
  expect(keyPressed(pressed('ł', 'KeyL'), true)).toBeNull();
  expect(keyPressed(pressed('l', 'KeyL', { ctrlKey: true }), false)).toBeNull();
  expect(keyPressed(pressed('l', 'KeyL', { altKey: false }), false)).toBeNull();
  expect(keyPressed(pressed('Enter', 'Enter'), true)).toBe('submit');
});

test('what a provider’s telephone does is said before a card is keyed', () => {
  const of = (more: object) =>
    keypadWay({
      capabilities: { maskedWhileTalking: true, recordingPause: true, collects: 'digits', ...more },
    });
  expect(of({})).toBe('The customer keys the card during this call.');
  expect(of({ maskedWhileTalking: false })).toContain('you cannot talk meanwhile');
  expect(of({ recordingPause: false })).toContain('a recording cannot be paused');
});
