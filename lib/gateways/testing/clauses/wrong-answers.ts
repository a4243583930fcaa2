/** Clauses of the port about a gateway that answers wrongly: nothing is decided by it, nothing hangs, nothing leaks. */
import { expect } from 'vitest';
import { newId } from '../../../ids';
import type { Gateway } from '../../port';
import { ENDLESS, NO_ANSWERS } from '../broken-server';
import type { Clause, Place, Subject } from '../conformance';
import { CSC, cardOrder, GBP, NAME, newOrder, type Paying, pay } from './acts';

const LIMIT_MS = 400;
const MOST_BYTES = 16 * 1_048_576;
const keysOf = <T extends object>(of: T) => Object.keys(of) as (keyof T)[];

const there = ({ broken, provider }: Subject): Place => ({ url: broken.url, apiKey: provider.apiKey });

/** What each call of the portal's face makes of the answer; a report that throws is `threw`. */
async function askAll(portal: Gateway): Promise<Record<string, { kind: string }>> {
  const order = newOrder();
  const refund = { reference: newId('refund'), payment: 'gw_1', gatewayReference: null, ...GBP };
  const report = async () => {
    for await (const _ of portal.report(new Date(0), new Date())) break;
    return { kind: 'reported' };
  };
  const [prepare, read, capture, fence, refunded, readRefund, known, reported] = await Promise.all([
    portal.prepare(order),
    portal.read(order),
    portal.capture(order, 'gw_1'),
    portal.voidByReference(order),
    portal.refund(refund),
    portal.readRefund(refund),
    portal.readRefund({ ...refund, gatewayReference: 'gwr_1' }),
    report().catch((error: unknown) => ({ kind: 'threw', reason: String(error) })),
  ]);
  return { prepare: { kind: prepare }, read, capture, fence, refunded, readRefund, known, reported };
}

/** What nothing follows from, for each call. */
const UNDECIDED: Record<string, readonly string[]> = {
  prepare: ['unreachable', 'nothing'],
  read: ['unreachable'],
  capture: ['unreachable'],
  fence: ['unreachable'],
  refunded: ['unknown'],
  readRefund: ['unreachable'],
  known: ['unreachable'],
  reported: ['threw'],
};
function expectUndecided(how: string, results: Record<string, { kind: string }>): void {
  for (const [call, { kind }] of Object.entries(results))
    expect([how, call, UNDECIDED[call]?.includes(kind) ? 'undecided' : kind]).toEqual([
      how,
      call,
      'undecided',
    ]);
}

/** Sends a card there; its bytes must be gone whatever came. */
async function payThere(subject: Subject, paying: Paying = {}) {
  const at = there(subject);
  const order = newOrder();
  const result = await pay(subject, order, { at, ...paying });
  return { order, result, grant: cardOrder(subject, order, { at }).grant };
}

const UNKNOWING: Clause[] = [
  {
    name: 'whatever is no whole answer leaves a charge unknown, never declined, and is asked once',
    async holds(subject) {
      for (const how of keysOf(NO_ANSWERS)) {
        subject.broken.answer(how);
        const { result } = await payThere(subject, { budgetMs: 3_000 });
        expect([how, result.kind, subject.broken.asked.length]).toEqual([how, 'unknown', 1]);
      }
    },
  },
  {
    name: 'whatever is no whole answer decides nothing for the portal and throws nothing',
    async holds(subject) {
      for (const how of keysOf(NO_ANSWERS)) {
        subject.broken.answer(how);
        expectUndecided(how, await askAll(subject.adapter.portal(there(subject), 3_000)));
      }
    },
  },
  {
    name: 'an answer that does not end is cut at the time limit: unknown and unreachable',
    async holds(subject) {
      for (const how of keysOf(ENDLESS)) {
        subject.broken.answer(how);
        const started = performance.now();
        const [{ result }, results] = await Promise.all([
          payThere(subject, { budgetMs: LIMIT_MS }),
          askAll(subject.adapter.portal(there(subject), LIMIT_MS)),
        ]);
        expect([how, result.kind]).toEqual([how, 'unknown']);
        expectUndecided(how, results);
        const took = performance.now() - started;
        expect(took).toBeGreaterThan(LIMIT_MS * 0.9);
        expect(took).toBeLessThan(LIMIT_MS + 3_000);
      }
    },
  },
  {
    name: 'an answer without end is cut long before memory is: a few megabytes are the most',
    async holds(subject) {
      subject.broken.flood();
      expect((await payThere(subject, { budgetMs: 5_000 })).result.kind).toBe('unknown');
      expect(subject.broken.written()).toBeLessThan(MOST_BYTES);
      const portal = subject.adapter.portal(there(subject), 5_000);
      subject.broken.flood();
      expect((await portal.read(newOrder())).kind).toBe('unreachable');
      expect(subject.broken.written()).toBeLessThan(MOST_BYTES);
    },
  },
  {
    name: 'an answer for another amount, currency or reference than was sent is unknown',
    async holds(subject) {
      const { broken, provider, adapter } = subject;
      for (const change of [
        { amountMinor: 1241 },
        { currency: 'USD' },
        { reference: newId('paymentAttempt') },
      ]) {
        const order = newOrder();
        const { grant } = cardOrder(subject, order, { at: there(subject) });
        broken.say(200, provider.answers.payment(grant, change));
        expect((await pay(subject, order, { at: there(subject) })).kind).toBe('unknown');
        broken.say(200, provider.answers.read(order.reference, change));
        expect((await adapter.portal(there(subject)).read(order)).kind).toBe('mismatch');
      }
    },
  },
];

const SECRECY: Clause[] = [
  {
    name: 'no key, no card and nothing that a broken gateway wrote gets into a result or a reason',
    async holds(subject) {
      const { broken, provider } = subject;
      const number = provider.cards.approved;
      const echo = `${number} ${CSC} ${NAME} ${provider.apiKey}`;
      for (const [status, body] of [
        [200, echo],
        [200, JSON.stringify({ message: echo, code: echo, id: echo, reference: echo, status: echo })],
        [400, JSON.stringify({ code: echo, message: echo })],
        [422, JSON.stringify({ code: echo })],
        [500, echo],
        [200, `{"id": "${echo}`],
      ] as const) {
        broken.say(status, body);
        const { result } = await payThere(subject);
        const said = JSON.stringify([result, await askAll(subject.adapter.portal(there(subject)))]);
        for (const secret of [number, CSC, NAME, provider.apiKey, number.slice(0, 8)])
          expect([status, said.includes(secret)]).toEqual([status, false]);
      }
    },
  },
  {
    name: 'a card number in any text of a good answer is not passed on',
    async holds(subject) {
      const { broken, provider, adapter } = subject;
      const number = provider.cards.approved;
      for (const field of provider.answers.textFields) {
        const order = newOrder();
        const { grant } = cardOrder(subject, order, { at: there(subject) });
        for (const change of [{ [field]: number }, { [field]: number, status: 'declined' }]) {
          broken.say(200, provider.answers.payment(grant, change));
          const paid = await pay(subject, order, { at: there(subject) });
          broken.say(200, provider.answers.read(order.reference, change));
          const read = await adapter.portal(there(subject)).read(order);
          expect([field, JSON.stringify([paid, read]).includes(number)]).toEqual([field, false]);
        }
      }
    },
  },
  {
    name: 'the key travels in a header to the gateway’s own address: in no address and no body, and along no way elsewhere',
    async holds(subject) {
      const { broken, provider } = subject;
      broken.answer('a way elsewhere');
      await payThere(subject);
      await askAll(subject.adapter.portal(there(subject)));
      expect(broken.asked.length).toBeGreaterThan(5);
      for (const { path, body, headers } of broken.asked) {
        expect(path).not.toBe('/elsewhere');
        expect(`${path} ${body}`).not.toContain(provider.apiKey);
        expect(JSON.stringify(headers)).toContain(provider.apiKey);
      }
    },
  },
  {
    name: 'card data is in the body of the one charge, and in no address, no header and no other request',
    async holds(subject) {
      const { broken, provider } = subject;
      broken.answer('500');
      const number = provider.cards.approved;
      await payThere(subject);
      await askAll(subject.adapter.portal(there(subject)));
      const holds = (text: string) => text.includes(number) || text.includes(NAME);
      expect(broken.asked.filter(({ body }) => holds(body))).toHaveLength(1);
      for (const { path, headers } of broken.asked) expect(holds(path + JSON.stringify(headers))).toBe(false);
    },
  },
];

export const WRONG_ANSWERS: readonly Clause[] = [...UNKNOWING, ...SECRECY];
