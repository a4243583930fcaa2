/** Clauses of the port about what a gateway tells of its own accord. */
import { expect } from 'vitest';
import type { Notification, NotificationFact } from '../../port';
import type { Clause, Signed, Subject } from '../conformance';
import { CSC, GBP, NAME, newOrder, paid, pay, portalOf } from './acts';

const aged = (seconds: number) => new Date(Date.now() + seconds * 1000);
const signedAs = (subject: Subject, body: string, { id = 'note_1', at = new Date(), secret = '' } = {}) => ({
  body,
  headers: subject.provider.sign(secret || subject.provider.secret, id, body, at),
});
const read = ({ adapter, provider }: Subject, { headers, body }: Signed, now = new Date()) =>
  adapter.readNotification(provider.secret, headers, body, now);

/** The facts that have come about a payment, once one of them is as wanted. */
async function factsOf(subject: Subject, reference: string, wanted: (fact: NotificationFact) => boolean) {
  const facts = (bodies: readonly Signed[]) => bodies.flatMap((one) => read(subject, one)?.fact ?? []);
  const all = await subject.provider.notifications(reference, (told) => facts(told).some(wanted));
  return facts(all);
}
/** A true notification of a payment that was taken. */
async function trueOne(subject: Subject) {
  const order = newOrder();
  await paid(subject, order);
  const all = await subject.provider.notifications(order.reference, (told) => told.length > 0);
  const [one] = all;
  if (!one) throw new Error('nothing was told');
  return { order, one };
}

const TELLING: Clause[] = [
  {
    name: 'a payment is told as it was answered: our reference, the whole amount, the same result',
    async holds(subject) {
      const { approved, declined } = subject.provider.cards;
      for (const [number, kind] of [
        [approved, 'authorized'],
        [declined.number, 'declined'],
      ] as const) {
        const order = newOrder();
        const result = await pay(subject, order, { number });
        const isIt = (fact: NotificationFact) => fact.kind === 'payment' && fact.result.kind === kind;
        const fact = (await factsOf(subject, order.reference, isIt)).find(isIt);
        expect(fact).toEqual({ kind: 'payment', attempt: order.reference, ...GBP, result });
      }
    },
  },
  {
    name: 'a hold that was given back is told as voided',
    async holds(subject) {
      const order = newOrder();
      await paid(subject, order, { capture: false });
      await portalOf(subject).voidByReference(order);
      const isIt = (fact: NotificationFact) => fact.kind === 'payment' && fact.result.kind === 'voided';
      expect((await factsOf(subject, order.reference, isIt)).some(isIt)).toBe(true);
    },
  },
  {
    name: 'a refund is told under our reference; one that began at the provider has none of ours',
    async holds(subject) {
      const order = newOrder();
      const payment = await paid(subject, order);
      const ours = { reference: 're_conformance', payment, gatewayReference: null, ...GBP, amountMinor: 300 };
      await portalOf(subject).refund({ ...ours, reference: `${order.reference}_r` });
      await subject.provider.refundThere(order.reference, 200);
      const isLast = (fact: NotificationFact) => fact.kind === 'refund' && fact.refund === null;
      const facts = (await factsOf(subject, order.reference, isLast)).filter(
        (fact) => fact.kind === 'refund',
      );
      const told = facts.map(({ refund, amountMinor, currency, attempt }) => {
        return { refund, amountMinor, currency, attempt };
      });
      const same = { currency: 'GBP', attempt: order.reference };
      expect(told).toEqual(
        expect.arrayContaining([
          { refund: `${order.reference}_r`, amountMinor: 300, ...same },
          { refund: null, amountMinor: 200, ...same },
        ]),
      );
    },
  },
  {
    name: 'a dispute is told when it is opened and when it is closed, under one reference of the gateway’s',
    async holds(subject) {
      for (const outcome of ['won', 'lost'] as const) {
        const order = newOrder();
        await paid(subject, order);
        const { close } = await subject.provider.disputeThere(order.reference, 700);
        await close(outcome);
        const isLast = (fact: NotificationFact) => fact.kind === 'dispute' && fact.state === outcome;
        const all = await factsOf(subject, order.reference, isLast);
        const told = all.filter((fact) => fact.kind === 'dispute');
        expect(told.map(({ state }) => state).sort()).toEqual(['open', outcome].sort());
        expect(new Set(told.map(({ gatewayReference }) => gatewayReference)).size).toBe(1);
        for (const fact of told)
          expect(fact).toMatchObject({ attempt: order.reference, amountMinor: 700, currency: 'GBP' });
      }
    },
  },
  {
    name: 'a replay reads as the very same notification, so that it can be dropped',
    async holds(subject) {
      const { one } = await trueOne(subject);
      const first = read(subject, one);
      expect(first?.id.length).toBeGreaterThan(0);
      expect(first?.id.length).toBeLessThanOrEqual(200);
      expect(read(subject, structuredClone(one))).toEqual(first);
      const { one: other } = await trueOne(subject);
      expect(read(subject, other)?.id).not.toBe(first?.id);
    },
  },
];

const REFUSING: Clause[] = [
  {
    name: 'a byte changed, another’s secret, no signature, somebody else’s signature: not the gateway’s',
    async holds(subject) {
      const { one } = await trueOne(subject);
      const forged: Signed[] = [
        { ...one, body: `${one.body} ` },
        { ...one, body: one.body.replace('1240', '1241') },
        { ...one, headers: {} },
        signedAs(subject, one.body, { secret: subject.provider.newSecret() }),
        { body: one.body, headers: signedAs(subject, '{}').headers },
      ];
      for (const name of Object.keys(signedAs(subject, one.body).headers))
        forged.push(
          {
            ...one,
            headers: Object.fromEntries(Object.entries(one.headers).filter(([key]) => key !== name)),
          },
          { ...one, headers: { ...one.headers, [name]: `${one.headers[name]}0` } },
          { ...one, headers: { ...one.headers, [name]: '' } },
        );
      for (const message of forged) expect(read(subject, message)).toBeNull();
      expect(read(subject, one)).not.toBeNull();
    },
  },
  {
    name: 'older or newer than 300 seconds is not taken, whoever signed it',
    async holds(subject) {
      const { one } = await trueOne(subject);
      for (const [seconds, isTaken] of [
        [-295, true],
        [-302, false],
        [295, true],
        [302, false],
        [-400_000_000, false],
      ] as const)
        expect(read(subject, signedAs(subject, one.body, { at: aged(seconds) })) !== null).toBe(isTaken);
    },
  },
  {
    name: 'a secret that is none verifies nothing',
    async holds(subject) {
      const { one } = await trueOne(subject);
      for (const secret of ['', ' ', 'whsec_', 'nonsense'])
        expect(subject.adapter.readNotification(secret, one.headers, one.body, new Date())).toBeNull();
    },
  },
];

const MALFORMED = [
  ...['', ' ', 'null', '[]', '"text"', '7', '{', '{}', '<html></html>', '['.repeat(50_000)],
  ...['{"id": "note_1"}', '{"id": "note_1", "type": "payment.captured", "data": null}'],
  ...['{"id": "note_1", "type": "payment.captured", "data": {"__proto__": {"status": "captured"}}}'],
  `{"id": "note_1", "type": "payment.captured", "data": "${'x'.repeat(262_144)}"}`,
];
/** What an amount or a currency of ours is replaced with, to make nonsense of a true notification. */
const NONSENSE: [RegExp, string][] = [
  ...['-1240', '0', '12.4', '"1240"', 'null', '1e300', '9007199254740993'].map((value): [RegExp, string] => [
    /\b1240\b/g,
    value,
  ]),
  ...['""', '"GBPX"', '"gbp"', '"XXX"', '7'].map((value): [RegExp, string] => [/"GBP"/g, value]),
];
const isUnreadable = (note: Notification | null) => note?.fact.kind === 'unreadable';

const UNREADABLE: Clause[] = [
  {
    name: 'what is signed but makes no sense is unreadable: it is kept for people, applied by nobody, and throws nothing',
    async holds(subject) {
      for (const body of MALFORMED)
        expect([body.slice(0, 80), isUnreadable(read(subject, signedAs(subject, body)))]).toEqual([
          body.slice(0, 80),
          true,
        ]);
    },
  },
  {
    name: 'an amount that is none, and a currency that is none, are unreadable',
    async holds(subject) {
      const { one } = await trueOne(subject);
      const { id } = read(subject, one) ?? { id: '' };
      for (const [what, value] of NONSENSE) {
        const body = one.body.replace(what, value);
        expect(body).not.toBe(one.body);
        expect([value, isUnreadable(read(subject, signedAs(subject, body, { id })))]).toEqual([value, true]);
      }
    },
  },
  {
    name: 'a kind of news that we do not know is other, not an error',
    async holds(subject) {
      const { one } = await trueOne(subject);
      const { id, type } = read(subject, one) ?? { id: '', type: '' };
      const body = one.body.replaceAll(`"${type}"`, '"weather.changed"');
      expect(read(subject, signedAs(subject, body, { id }))?.fact).toEqual({ kind: 'other' });
    },
  },
  {
    name: 'a card number never gets into a fact, in whatever field a gateway writes it',
    async holds(subject) {
      const { one } = await trueOne(subject);
      const { id } = read(subject, one) ?? { id: '' };
      const number = subject.provider.cards.approved;
      const texts = [...one.body.matchAll(/"([^"]{2,})"\s*:\s*"([^"]*)"/g)];
      expect(texts.length).toBeGreaterThan(0);
      for (const [whole, field, value] of texts)
        for (const card of [number, `${value} ${number}`]) {
          const body = one.body.replace(whole, `"${field}": "${card}"`);
          const note = read(subject, signedAs(subject, body, { id }));
          expect(JSON.stringify(note?.fact ?? null)).not.toContain(number);
          expect(JSON.stringify(note ?? null)).not.toMatch(new RegExp(`${CSC}|${NAME}`));
        }
    },
  },
];

export const NOTIFICATIONS: readonly Clause[] = [...TELLING, ...REFUSING, ...UNREADABLE];
