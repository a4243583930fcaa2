/** Clauses of the port about one payment: prepare, authorise, read, capture, void; unknown outcomes and repeats. */
import { expect } from 'vitest';
import { NOTHING_THERE } from '../broken-server';
import type { Clause } from '../conformance';
import { books, CSC, cardOrder, GBP, NAME, newOrder, paid, pay, portalOf, until } from './acts';

const AUTHORIZING: Clause[] = [
  {
    name: 'money that is to be taken at once is authorized and captured, and the books have it once',
    async holds(subject) {
      const order = newOrder();
      const result = await pay(subject, order);
      expect(result).toMatchObject({ kind: 'authorized', captured: true });
      expect(await books(subject, order)).toEqual([`payment captured ${GBP.amountMinor}`]);
    },
  },
  {
    name: 'money that is only to be held is authorized and not captured',
    async holds(subject) {
      const order = newOrder();
      const result = await pay(subject, order, { capture: false });
      expect(result).toMatchObject({ kind: 'authorized', captured: false });
      expect(await books(subject, order)).toEqual([`payment authorized ${GBP.amountMinor}`]);
    },
  },
  {
    name: 'an issuer’s no is declined, with a code of ours',
    async holds(subject) {
      const { number, code } = subject.provider.cards.declined;
      const result = await pay(subject, newOrder(), { number });
      expect(result).toMatchObject({ kind: 'declined', declineCode: code });
    },
  },
  {
    name: 'a gateway’s own trouble that charged nothing is failed, not declined',
    async holds(subject) {
      const order = newOrder();
      const result = await pay(subject, order, { number: subject.provider.cards.failed });
      expect(result.kind).toBe('failed');
      expect(await portalOf(subject).read(order)).toMatchObject({
        kind: 'found',
        result: { kind: 'failed' },
      });
    },
  },
  {
    name: 'a bank check has an address, and ends as the cardholder ends it',
    async holds(subject) {
      const { cards, passChallenge } = subject.provider;
      for (const [accept, kind] of [
        [true, 'authorized'],
        [false, 'declined'],
      ] as const) {
        const order = newOrder();
        const result = await pay(subject, order, { number: cards.challenged });
        if (result.kind !== 'requires_action') throw new Error(`not checked but ${result.kind}`);
        expect(new URL(result.challengeUrl).protocol).toMatch(/^https?:$/);
        const asked = await portalOf(subject).read(order);
        expect(asked).toMatchObject({ kind: 'found', result: { kind: 'requires_action' } });
        await passChallenge(result.challengeUrl, accept);
        const read = await portalOf(subject).read(order);
        expect(read).toMatchObject({ kind: 'found', result: { kind } });
      }
    },
  },
  {
    name: 'a bank check that nobody answers ends as failed by itself, and no money is held',
    async holds(subject) {
      const order = newOrder();
      const number = subject.provider.cards.challenged;
      const result = await subject.provider.withShortChallenges(() => pay(subject, order, { number }));
      expect(result.kind).toBe('requires_action');
      const read = await until(async () => {
        const found = await portalOf(subject).read(order);
        return found.kind === 'found' && found.result.kind !== 'requires_action' && found;
      });
      expect(read).toMatchObject({ kind: 'found', result: { kind: 'failed' } });
      expect(await books(subject, order)).toHaveLength(1);
    },
  },
  {
    name: 'without a connection, past its moment or stopped before, provably nothing is sent',
    async holds(subject) {
      const { broken, provider } = subject;
      const nowhere = await pay(subject, newOrder(), { at: { url: NOTHING_THERE, apiKey: provider.apiKey } });
      expect(nowhere).toEqual({ kind: 'failed', reason: 'not_sent' });
      broken.answer('500');
      const at = { url: broken.url, apiKey: provider.apiKey };
      const late = await pay(subject, newOrder(), { at, more: { sendBefore: performance.now() - 1 } });
      const stopped = await pay(subject, newOrder(), { at, more: { signal: AbortSignal.abort() } });
      expect([late, stopped]).toEqual(Array(2).fill({ kind: 'failed', reason: 'not_sent' }));
      expect(broken.asked).toEqual([]);
    },
  },
  {
    name: 'the card is told to the gateway and to nobody else: its bytes are zero when the charge has ended',
    async holds(subject) {
      const results = [];
      for (const url of [subject.provider.url, subject.broken.url, NOTHING_THERE]) {
        const sent = cardOrder(subject, newOrder(), { at: { url, apiKey: subject.provider.apiKey } });
        const { number, csc, name } = sent.fields;
        const limits = { sendBefore: performance.now() + 10_000, returnUrl: 'http://localhost:4567/back' };
        const signal = new AbortController().signal;
        results.push(await subject.adapter.charge(sent, { ...limits, signal }));
        for (const bytes of [number, csc, name]) expect(bytes.every((byte) => byte === 0)).toBe(true);
      }
      const said = JSON.stringify(results);
      for (const secret of [subject.provider.cards.approved, CSC, NAME, subject.provider.apiKey])
        expect(said).not.toContain(secret);
    },
  },
];

const REPEATING: Clause[] = [
  {
    name: 'the attempt is the idempotency key: sent twice it is one charge and one answer',
    async holds(subject) {
      const order = newOrder();
      const first = await paid(subject, order);
      expect(await paid(subject, order)).toBe(first);
      expect(await books(subject, order)).toHaveLength(1);
    },
  },
  {
    name: 'a charge whose answer is lost is unknown, and reading finds it',
    async holds(subject) {
      const order = newOrder();
      await subject.provider.loseAnswer('authorize', order.reference);
      expect((await pay(subject, order, { budgetMs: 1_000 })).kind).toBe('unknown');
      const read = await portalOf(subject).read(order);
      expect(read).toMatchObject({ kind: 'found', result: { kind: 'authorized', captured: true } });
      expect(await books(subject, order)).toHaveLength(1);
    },
  },
  {
    name: 'preparing leaves nothing to read and may be repeated; nothing else can be charged under it',
    async holds(subject) {
      const order = newOrder();
      const portal = portalOf(subject);
      const first = await portal.prepare(order);
      expect(['prepared', 'nothing']).toContain(first);
      expect(await portal.prepare(order)).toBe(first);
      expect(await portal.read(order)).toEqual({ kind: 'not_found' });
      if (first === 'prepared') {
        const other = await pay(subject, { ...order, amountMinor: order.amountMinor + 1 });
        expect(['failed', 'unknown']).toContain(other.kind);
        expect(await books(subject, order)).toEqual([]);
      }
      expect((await pay(subject, order)).kind).toBe('authorized');
    },
  },
];

const READING: Clause[] = [
  {
    name: 'what the gateway never saw is not found; that is an answer and not an error',
    async holds(subject) {
      expect(await portalOf(subject).read(newOrder())).toEqual({ kind: 'not_found' });
    },
  },
  {
    name: 'reading says what charging said, and changes nothing',
    async holds(subject) {
      const { approved, declined, failed } = subject.provider.cards;
      for (const number of [approved, declined.number, failed]) {
        const order = newOrder();
        const told = await pay(subject, order, { number });
        const before = await books(subject, order);
        for (let i = 0; i < 2; i++)
          expect(await portalOf(subject).read(order)).toMatchObject({ kind: 'found', result: told });
        expect(await books(subject, order)).toEqual(before);
      }
    },
  },
  {
    name: 'another amount or currency under our reference is a mismatch, with the money that it holds',
    async holds(subject) {
      const portal = portalOf(subject);
      for (const [capture, holds] of [
        [true, 'captured'],
        [false, 'authorized'],
      ] as const)
        for (const change of [{ wireAmount: 1241 }, { currency: 'USD' }]) {
          const order = newOrder();
          await paid(subject, order, { capture });
          await subject.provider.tamper(order.reference, change);
          expect(await portal.read(order)).toMatchObject({ kind: 'mismatch', holds });
        }
      const declined = newOrder();
      await pay(subject, declined, { number: subject.provider.cards.declined.number });
      await subject.provider.tamper(declined.reference, { wireAmount: 1241 });
      expect(await portal.read(declined)).toMatchObject({ kind: 'mismatch', holds: 'nothing' });
    },
  },
];

const HOLDING: Clause[] = [
  {
    name: 'what is held is captured once, however often it is asked, and also when the answer was lost',
    async holds(subject) {
      const order = newOrder();
      const reference = await paid(subject, order, { capture: false });
      await subject.provider.loseAnswer('capture', order.reference);
      const hasty = subject.adapter.portal(subject.provider, 500);
      expect((await hasty.capture(order, reference)).kind).toBe('unreachable');
      for (let i = 0; i < 2; i++)
        expect(await portalOf(subject).capture(order, reference)).toMatchObject({
          kind: 'found',
          result: { kind: 'authorized', captured: true, gatewayReference: reference },
        });
      const taken = (await books(subject, order)).filter((entry) => entry.startsWith('capture'));
      expect(taken).toEqual([`capture succeeded ${GBP.amountMinor}`]);
    },
  },
  {
    name: 'what is no longer held cannot be captured, and nothing is taken',
    async holds(subject) {
      const order = newOrder();
      const reference = await paid(subject, order, { capture: false });
      await portalOf(subject).voidByReference(order);
      const answer = await portalOf(subject).capture(order, reference);
      expect(answer).not.toMatchObject({ result: { captured: true } });
      expect((await books(subject, order)).some((entry) => entry.startsWith('capture'))).toBe(false);
    },
  },
  {
    name: 'a fence gives back what is held, also when its answer was lost, and leaves what was taken',
    async holds(subject) {
      const portal = portalOf(subject);
      const held = newOrder();
      await paid(subject, held, { capture: false });
      await subject.provider.loseAnswer('void_by_reference', held.reference);
      const hasty = subject.adapter.portal(subject.provider, 500);
      expect((await hasty.voidByReference(held)).kind).toBe('unreachable');
      expect(['fenced', 'found']).toContain((await portal.voidByReference(held)).kind);
      expect(await portal.read(held)).toMatchObject({ kind: 'found', result: { kind: 'voided' } });
      const taken = newOrder();
      await paid(subject, taken);
      expect(await portal.voidByReference(taken)).toMatchObject({
        kind: 'found',
        result: { kind: 'authorized', captured: true },
      });
      expect(await books(subject, taken)).toEqual([`payment captured ${GBP.amountMinor}`]);
    },
  },
  {
    name: 'a fence before the card comes refuses it for ever',
    async holds(subject) {
      const order = newOrder();
      for (let i = 0; i < 2; i++)
        expect(await portalOf(subject).voidByReference(order)).toEqual({ kind: 'fenced' });
      expect((await pay(subject, order)).kind).toBe('failed');
      expect(await books(subject, order)).toEqual([]);
      expect(await portalOf(subject).read(order)).toEqual({ kind: 'not_found' });
    },
  },
];

export const PAYMENTS: readonly Clause[] = [...AUTHORIZING, ...REPEATING, ...READING, ...HOLDING];
