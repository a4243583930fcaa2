/** Wrong with a payment: charging, reading, holding. */
import { newId } from '../../../ids';
import { answered, copyOf, portal, sent, type Wrong } from './change';

const card = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2034 };
const gatewayReference = 'gw_wrong';

const CHARGING: Wrong[] = [
  {
    name: 'takes money that was only to be held',
    breaks: ['money that is only to be held', 'what is held is captured once', 'a fence gives back'],
    make: sent((order) => ({ ...order, grant: { ...order.grant, capture: true } })),
  },
  {
    name: 'only holds money that was to be taken',
    breaks: ['money that is to be taken', 'a charge whose answer is lost'],
    make: sent((order) => ({ ...order, grant: { ...order.grant, capture: false } })),
  },
  {
    name: 'calls a lost answer a decline',
    breaks: [
      'a charge whose answer is lost',
      'whatever is no whole answer leaves a charge unknown',
      'an answer that does not end',
      'an answer without end',
      'an answer for another amount',
    ],
    make: answered((result) =>
      result.kind === 'unknown' ? { kind: 'declined', declineCode: 'generic_decline' } : result,
    ),
  },
  {
    name: 'calls a decline a failure',
    breaks: ['an issuer’s no', 'a bank check has an address', 'reading says what charging said'],
    make: (good) => {
      const failing = answered((result) =>
        result.kind === 'declined' || result.kind === 'requires_action'
          ? { kind: 'failed', reason: 'no' }
          : result,
      );
      return failing(good);
    },
  },
  {
    name: 'calls a failure a decline',
    breaks: ['a gateway’s own trouble', 'without a connection'],
    make: answered((result) =>
      result.kind === 'failed' ? { kind: 'declined', declineCode: 'processor_error' } : result,
    ),
  },
  {
    name: 'charges again when it heard nothing',
    breaks: [
      'whatever is no whole answer leaves a charge unknown',
      'card data is in the body of the one charge',
    ],
    make: (good) => ({
      ...good,
      async charge(order, limits) {
        const again = copyOf(order);
        const first = await good.charge(order, limits);
        return first.kind === 'unknown' ? good.charge(again, limits) : first;
      },
    }),
  },
  {
    name: 'makes a reference of its own for each request',
    breaks: [
      'the attempt is the idempotency key',
      'a fence before the card comes',
      'money that is to be taken',
    ],
    make: sent((order) => ({ ...order, grant: { ...order.grant, attempt: newId('paymentAttempt') } })),
  },
  {
    name: 'keeps the card',
    breaks: ['the card is told to the gateway and to nobody else'],
    make: (good) => ({ ...good, charge: (order, limits) => good.charge(copyOf(order), limits) }),
  },
  {
    name: 'sends whenever it likes',
    breaks: ['without a connection, past its moment'],
    make: (good) => ({
      ...good,
      charge: (order, { returnUrl, budgetMs }) => {
        const signal = new AbortController().signal;
        const limits = { returnUrl, signal, sendBefore: Number.POSITIVE_INFINITY };
        return good.charge(order, { ...limits, ...(budgetMs !== undefined && { budgetMs }) });
      },
    }),
  },
];

const READING: Wrong[] = [
  {
    name: 'calls what was prepared a payment',
    breaks: ['preparing leaves nothing to read'],
    make: portal((gateway) => ({
      read: async (expected) => {
        const read = await gateway.read(expected);
        const result = { kind: 'authorized', captured: true, gatewayReference, card } as const;
        return read.kind === 'not_found' ? { kind: 'found', result } : read;
      },
    })),
  },
  {
    name: 'says prepared, and prepares nothing',
    breaks: ['preparing leaves nothing to read', 'whatever is no whole answer decides nothing'],
    make: portal(() => ({ prepare: async () => 'prepared' })),
  },
  {
    name: 'calls what has run out voided',
    breaks: ['a bank check that nobody answers', 'a gateway’s own trouble'],
    make: portal((gateway) => ({
      read: async (expected) => {
        const read = await gateway.read(expected);
        return read.kind === 'found' && read.result.kind === 'failed'
          ? { kind: 'found', result: { ...read.result, kind: 'voided' } }
          : read;
      },
    })),
  },
  {
    name: 'calls what is not there unreachable',
    breaks: ['what the gateway never saw', 'a fence before the card comes'],
    make: portal((gateway) => ({
      read: async (expected) => {
        const read = await gateway.read(expected);
        return read.kind === 'not_found' ? { kind: 'unreachable', reason: 'nothing' } : read;
      },
    })),
  },
  {
    name: 'calls what it cannot reach not there',
    breaks: [
      'whatever is no whole answer decides nothing',
      'an answer that does not end',
      'an answer without end',
    ],
    make: portal((gateway) => ({
      read: async (expected) => {
        const read = await gateway.read(expected);
        return read.kind === 'unreachable' ? { kind: 'not_found' } : read;
      },
    })),
  },
  {
    name: 'reads whatever it finds as what was expected',
    breaks: ['another amount or currency under our reference', 'an answer for another amount'],
    make: portal((gateway) => ({
      read: async (expected) => {
        const read = await gateway.read(expected);
        const result = { kind: 'authorized', captured: true, gatewayReference, card } as const;
        return read.kind === 'mismatch' ? { kind: 'found', result } : read;
      },
    })),
  },
  {
    name: 'changes what it reads',
    breaks: ['reading says what charging said'],
    make: portal((gateway) => ({
      read: async (expected) => {
        const found = await gateway.read(expected);
        if (found.kind === 'found' && found.result.kind === 'authorized')
          await gateway.refund({
            ...expected,
            reference: newId('refund'),
            payment: found.result.gatewayReference,
            gatewayReference: null,
            amountMinor: 1,
          });
        return found;
      },
    })),
  },
];

const HOLDING: Wrong[] = [
  {
    name: 'says captured without asking',
    breaks: [
      'what is held is captured once',
      'what is no longer held',
      'whatever is no whole answer decides nothing',
    ],
    make: portal(() => ({
      capture: async () => ({
        kind: 'found',
        result: { kind: 'authorized', captured: true, gatewayReference, card },
      }),
    })),
  },
  {
    name: 'says fenced without asking',
    breaks: ['a fence gives back', 'a fence before the card comes', 'a hold that was given back'],
    make: portal(() => ({ voidByReference: async () => ({ kind: 'fenced' }) })),
  },
];

export const WRONG_PAYMENTS: readonly Wrong[] = [...CHARGING, ...READING, ...HOLDING];
