/** Clauses of the port about money that goes back, and about the provider's own account of what moved. */
import { expect } from 'vitest';
import { newId } from '../../../ids';
import type { RefundOrder, ReportLine } from '../../port';
import type { Clause, Subject } from '../conformance';
import { books, newOrder, type Order, paid, portalOf, until } from './acts';

const refundOf = (order: Order, payment: string, amountMinor = order.amountMinor): RefundOrder => ({
  ...{ reference: newId('refund'), payment, gatewayReference: null, amountMinor, currency: order.currency },
});
const refundsIn = async (subject: Subject, order: Order) =>
  (await books(subject, order)).filter((entry) => entry.startsWith('refund'));

async function reportOf(subject: Subject, from: Date, order: Order): Promise<ReportLine[]> {
  const lines: ReportLine[] = [];
  const to = new Date(Date.now() + 60_000);
  for await (const line of portalOf(subject).report(from, to))
    if (line.reference === order.reference) lines.push(line);
  return lines;
}

export const REFUNDS: readonly Clause[] = [
  {
    name: 'a refund is made once per reference, however often it is asked, and also when its answer was lost',
    async holds(subject) {
      const order = newOrder();
      const refund = refundOf(order, await paid(subject, order), 500);
      await subject.provider.loseAnswer('refund', refund.reference);
      const hasty = subject.adapter.portal(subject.provider, 500);
      expect((await hasty.refund(refund)).kind).toBe('unknown');
      for (let i = 0; i < 2; i++) expect((await portalOf(subject).refund(refund)).kind).toBe('succeeded');
      expect(await refundsIn(subject, order)).toEqual(['refund succeeded 500']);
    },
  },
  {
    name: 'several refunds of a payment are told apart by their references',
    async holds(subject) {
      const order = newOrder();
      const payment = await paid(subject, order);
      const [one, two] = [refundOf(order, payment, 400), refundOf(order, payment, 400)];
      for (const refund of [one, two])
        expect((await portalOf(subject).refund(refund)).kind).toBe('succeeded');
      const read = await Promise.all([one, two].map((refund) => portalOf(subject).readRefund(refund)));
      const ids = read.map((found) => (found.kind === 'found' ? JSON.stringify(found.result) : found.kind));
      expect(new Set(ids).size).toBe(2);
      expect(await refundsIn(subject, order)).toHaveLength(2);
    },
  },
  {
    name: 'a refund that takes its time is pending and then succeeded; one that is refused is failed',
    async holds(subject) {
      const portal = portalOf(subject);
      const { pending, failed } = subject.provider.refunds;
      const order = newOrder({ amountMinor: 100_000, currency: 'GBP' });
      const payment = await paid(subject, order);
      const slow = refundOf(order, payment, pending);
      expect((await portal.refund(slow)).kind).toBe('pending');
      await until(async () => {
        const read = await portal.readRefund(slow);
        return read.kind === 'found' && read.result.kind === 'succeeded';
      });
      expect((await portal.refund(refundOf(order, payment, failed))).kind).toBe('failed');
    },
  },
  {
    name: 'more than was taken, and what was only held, is failed and moves nothing',
    async holds(subject) {
      const [taken, held] = [newOrder(), newOrder()];
      const tooMuch = refundOf(taken, await paid(subject, taken), taken.amountMinor + 1);
      const tooSoon = refundOf(held, await paid(subject, held, { capture: false }));
      for (const refund of [tooMuch, tooSoon])
        expect((await portalOf(subject).refund(refund)).kind).toBe('failed');
      expect(await refundsIn(subject, taken)).toEqual([]);
      expect(await refundsIn(subject, held)).toEqual([]);
    },
  },
  {
    name: 'a refund that was never asked for is not found; one for another amount or payment is a mismatch',
    async holds(subject) {
      const portal = portalOf(subject);
      const order = newOrder();
      const payment = await paid(subject, order);
      expect(await portal.readRefund(refundOf(order, payment))).toEqual({ kind: 'not_found' });
      const refund = refundOf(order, payment, 500);
      await portal.refund(refund);
      for (const change of [{ amountMinor: 501 }, { currency: 'USD' }, { payment: 'another' }])
        expect((await portal.readRefund({ ...refund, ...change })).kind).toBe('mismatch');
      expect((await portal.refund({ ...refund, amountMinor: 501 })).kind).toBe('unknown');
      expect(await refundsIn(subject, order)).toEqual(['refund succeeded 500']);
    },
  },
  {
    name: 'a refund is read by the gateway’s own reference where that is known',
    async holds(subject) {
      const order = newOrder();
      const refund = refundOf(order, await paid(subject, order), 500);
      const made = await portalOf(subject).refund(refund);
      if (made.kind !== 'succeeded') throw new Error(`the provider answered ${made.kind}`);
      const asked = { ...refund, reference: newId('refund'), gatewayReference: made.gatewayReference };
      expect(await portalOf(subject).readRefund(asked)).toEqual({ kind: 'found', result: made });
    },
  },
  {
    name: 'the report has what moved, once, signed by its kind, under our reference of the payment',
    async holds(subject) {
      const from = new Date(Date.now() - 60_000);
      const [order, held] = [newOrder(), newOrder()];
      await portalOf(subject).refund(refundOf(order, await paid(subject, order), 500));
      await paid(subject, held, { capture: false });
      const dispute = await subject.provider.disputeThere(order.reference, 700);
      await dispute.close('won');
      const lines = await reportOf(subject, from, order);
      expect(lines.map(({ kind, amountMinor, currency }) => [kind, amountMinor, currency])).toEqual([
        ['payment', order.amountMinor, 'GBP'],
        ['refund', 500, 'GBP'],
        ['chargeback', 700, 'GBP'],
        ['reversal', 700, 'GBP'],
      ]);
      expect(new Set(lines.map(({ id }) => id)).size).toBe(4);
      expect(lines.every(({ at }) => at >= from)).toBe(true);
      expect(await reportOf(subject, from, held)).toEqual([]);
    },
  },
];
