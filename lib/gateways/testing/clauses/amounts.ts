/** Clauses of the port about amounts: exact in every currency, and as the gateway writes them. */
import { expect } from 'vitest';
import { fromWire, takesCurrency, toWire } from '@/core/gateway-currencies';
import { exponentOf } from '@/core/money';
import { newId } from '../../../ids';
import type { Clause, Subject } from '../conformance';
import { newOrder, paid, pay, portalOf } from './acts';

/** No digits, two, three and four, and every currency that some gateway writes otherwise than ISO 4217. */
const CODES = 'JPY KRW GBP EUR KWD BHD CLF UYW CLP CVE IDR ISK MGA UGX COP HUF'.split(' ');
/** Some whole in every spelling, some not, and a large one. */
const AMOUNTS_MINOR = [1, 12_345, 1_234_500, 999_999_900];

const orders = ({ adapter: { wire } }: Subject) =>
  CODES.flatMap((currency) => AMOUNTS_MINOR.map((amountMinor) => ({ amountMinor, currency }))).filter(
    (money) => toWire(wire, money) !== null,
  );

export const AMOUNTS: readonly Clause[] = [
  {
    name: 'amounts of no, two, three and four digits are charged, read, told and reported exactly',
    async holds(subject) {
      const { wire } = subject.adapter;
      const from = new Date(Date.now() - 60_000);
      const all = orders(subject).map((money) => newOrder(money));
      for (const code of ['JPY', 'GBP', 'KWD', 'CLF'].filter((one) => takesCurrency(wire, one)))
        expect(all.some(({ currency }) => exponentOf(currency) === exponentOf(code))).toBe(true);
      for (const order of all) {
        await paid(subject, order);
        const { currency } = order;
        const [entry] = await subject.provider.ledger(order.reference);
        expect(entry).toMatchObject({ wireAmount: toWire(wire, order), currency });
        const read = await portalOf(subject).read(order);
        expect([order, read]).toMatchObject([order, { kind: 'found', result: { captured: true } }]);
      }
      const lines = new Map<string, object>();
      for await (const { reference, amountMinor, currency } of portalOf(subject).report(
        from,
        new Date(Date.now() + 60_000),
      ))
        lines.set(reference, { amountMinor, currency });
      for (const { reference, amountMinor, currency } of all) {
        expect(lines.get(reference)).toEqual({ amountMinor, currency });
        const told = await subject.provider.notifications(reference, (bodies) => bodies.length > 0);
        const note =
          told[0] &&
          subject.adapter.readNotification(
            subject.provider.secret,
            told[0].headers,
            told[0].body,
            new Date(),
          );
        expect(note?.fact).toMatchObject({ kind: 'payment', amountMinor, currency });
      }
    },
  },
  {
    name: 'a refund is of the exact amount in every spelling',
    async holds(subject) {
      for (const currency of CODES) {
        const order = newOrder({ amountMinor: 50_000, currency });
        const part = { amountMinor: 10_000, currency };
        if (toWire(subject.adapter.wire, order) === null) continue;
        const payment = await paid(subject, order);
        const refund = { reference: newId('refund'), payment, gatewayReference: null, ...part };
        expect((await portalOf(subject).refund(refund)).kind).toBe('succeeded');
        expect((await portalOf(subject).readRefund(refund)).kind).toBe('found');
        const entries = await subject.provider.ledger(order.reference);
        const made = entries.find(({ kind }) => kind === 'refund');
        expect(made && fromWire(subject.adapter.wire, made.wireAmount, currency)).toEqual(part);
      }
    },
  },
  {
    name: 'an amount that the gateway cannot write exactly is never sent',
    async holds(subject) {
      const { broken, provider, adapter } = subject;
      broken.answer('500');
      const at = { url: broken.url, apiKey: provider.apiKey };
      const candidates = [
        ...CODES.flatMap((currency) => [1, 12_345, 12_340].map((amountMinor) => ({ amountMinor, currency }))),
        ...[1.5, Number.NaN, 2 ** 53].map((amountMinor) => ({ amountMinor, currency: 'GBP' })),
        { amountMinor: 100, currency: 'XXX' },
      ].filter((money) => toWire(adapter.wire, money) === null);
      for (const money of candidates) {
        const order = newOrder(money);
        expect((await pay(subject, order, { at })).kind).toBe('failed');
        const refund = { ...order, reference: newId('refund'), payment: 'gw_1', gatewayReference: null };
        expect((await adapter.portal(at).refund(refund)).kind).toBe('failed');
        await adapter.portal(at).prepare(order);
      }
      expect(broken.asked).toEqual([]);
    },
  },
];
