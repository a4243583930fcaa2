/** Wrong with money that goes back, with the report, and with amounts. */
import { exponentOf } from '@/core/money';
import { newId } from '../../../ids';
import type { RefundOrder } from '../../port';
import { portal, sent, type Wrong } from './change';

const REFUNDING: Wrong[] = [
  {
    name: 'refunds again under another reference',
    breaks: [
      'a refund is made once per reference',
      'several refunds',
      'a refund is told under our reference',
    ],
    make: portal((gateway) => ({
      refund: (order) => gateway.refund({ ...order, reference: newId('refund') }),
    })),
  },
  {
    name: 'knows one refund of a payment',
    breaks: ['several refunds of a payment'],
    make: portal((gateway) => {
      const one = (order: RefundOrder) => ({ ...order, reference: `r_${order.payment}` });
      return {
        refund: (order) => gateway.refund(one(order)),
        readRefund: (order) => gateway.readRefund(one(order)),
      };
    }),
  },
  {
    name: 'calls a refund done when it was only begun, and failed when it heard nothing',
    breaks: [
      'a refund that takes its time',
      'a refund is made once',
      'whatever is no whole answer decides nothing',
    ],
    make: portal((gateway) => ({
      refund: async (order) => {
        const result = await gateway.refund(order);
        if (result.kind === 'unknown') return { kind: 'failed', reason: 'no answer' };
        return result.kind === 'pending' ? { ...result, kind: 'succeeded' } : result;
      },
    })),
  },
  {
    name: 'leaves a refusal open',
    breaks: [
      'more than was taken',
      'a refund that takes its time',
      'an amount that the gateway cannot write',
    ],
    make: portal((gateway) => ({
      refund: async (order) => {
        const result = await gateway.refund(order);
        return result.kind === 'failed' ? { kind: 'unknown', reason: 'no' } : result;
      },
    })),
  },
  {
    name: 'reads a refund of whatever amount',
    breaks: ['a refund that was never asked for'],
    make: portal((gateway) => ({
      readRefund: async (order) => {
        const read = await gateway.readRefund(order);
        const result = { kind: 'succeeded', gatewayReference: 'gwr_wrong' } as const;
        return read.kind === 'mismatch' ? { kind: 'found', result } : read;
      },
    })),
  },
  {
    name: 'forgets the gateway’s own reference of a refund',
    breaks: ['a refund is read by the gateway’s own reference'],
    make: portal((gateway) => ({
      readRefund: (order) => gateway.readRefund({ ...order, gatewayReference: null }),
    })),
  },
];

const REPORTING: Wrong[] = [
  {
    name: 'reports what was paid and not what went back',
    breaks: ['the report has what moved'],
    make: portal((gateway) => ({
      async *report(from, to) {
        for await (const line of gateway.report(from, to)) if (line.kind === 'payment') yield line;
      },
    })),
  },
  {
    name: 'calls a report that it could not read an empty one',
    breaks: ['whatever is no whole answer decides nothing'],
    make: portal((gateway) => ({
      async *report(from, to) {
        try {
          yield* gateway.report(from, to);
        } catch {
          return;
        }
      },
    })),
  },
];

/** As if every currency had two digits. */
const twoDigits = <T extends { amountMinor: number; currency: string }>(money: T): T => ({
  ...money,
  amountMinor: Math.round(money.amountMinor * 10 ** (2 - exponentOf(money.currency))),
});

const WRITING: Wrong[] = [
  {
    name: 'writes every currency with two digits',
    breaks: ['amounts of no, two, three and four digits', 'a refund is of the exact amount'],
    make: (good) =>
      portal((gateway) => ({
        refund: (order) => gateway.refund(twoDigits(order)),
        read: (expected) => gateway.read(twoDigits(expected)),
      }))(sent((order) => ({ ...order, grant: twoDigits(order.grant) }))(good)),
  },
  {
    name: 'rounds what it cannot write',
    breaks: ['an amount that the gateway cannot write exactly'],
    make: sent((order) => ({
      ...order,
      grant: { ...order.grant, amountMinor: Math.round(order.grant.amountMinor) || 1, currency: 'GBP' },
    })),
  },
  {
    name: 'reports in pounds and pence',
    breaks: ['amounts of no, two, three and four digits'],
    make: portal((gateway) => ({
      async *report(from, to) {
        for await (const line of gateway.report(from, to)) yield { ...line, currency: 'GBP' };
      },
    })),
  },
];

export const WRONG_REFUNDS: readonly Wrong[] = [...REFUNDING, ...REPORTING, ...WRITING];
