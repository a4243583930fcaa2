/** What must hold whatever went wrong: I1 to I8 and I11 of docs/architecture.md, asked of both sides of the truth. */
import { ATTEMPT_TRANSITIONS, type AttemptState, OPEN_ATTEMPT_STATES } from '@/core/payment-attempt';
import { type Books, groupBy } from './books';
import { refundEvents, refundsMatch, refundsOnlyAdvance } from './invariants-refunds';
import type { RefundAsked } from './merchant';
import type { Payer } from './payer';
import type { Receipts } from './receipts';
import type { Settled } from './settle';

/** What the payers of a link were told. */
type Shown = { link: { id: string }; payers: readonly Pick<Payer, 'told'>[] };
export type Evidence = {
  books: Books;
  receipts: Pick<Receipts, 'byId'>;
  seen: readonly Shown[];
  /** What the merchant was told of its refunds. */
  refunds: readonly RefundAsked[];
  settled: Settled;
};
export type Invariant = {
  id: string;
  claim: string;
  /** One line for each breach. */
  breaches: (evidence: Evidence) => string[];
};

const HOLDS = ['authorized', 'captured'];
const isOpen = (state: AttemptState): boolean => (OPEN_ATTEMPT_STATES as readonly string[]).includes(state);
const moneyIn = ({ ledger }: Books) =>
  ledger.filter(({ kind, status }) => kind === 'payment' && HOLDS.includes(status));

function oneCharge({ books }: Evidence): string[] {
  const open = groupBy(
    books.attempts.filter(({ state }) => isOpen(state)),
    ({ link }) => link,
  );
  const paid = groupBy(moneyIn(books), ({ paymentLink }) => paymentLink);
  return books.links.flatMap(({ id, amountMinor }) => {
    const charges = paid.get(id) ?? [];
    const charged = charges.reduce((sum, one) => sum + one.amountMinor, 0);
    const attempts = open.get(id)?.length ?? 0;
    return [
      ...(charges.length > 1 ? [`${id} was charged ${charges.length} times`] : []),
      ...(charged > amountMinor ? [`${id} owed ${amountMinor} and was charged ${charged}`] : []),
      ...(attempts > 1 ? [`${id} has ${attempts} open attempts`] : []),
    ];
  });
}

function oneToOne({ books }: Evidence): string[] {
  const attempts = new Map(books.attempts.map((attempt) => [attempt.id, attempt]));
  const money = groupBy(moneyIn(books), ({ reference }) => reference);
  const breaches: string[] = [];
  for (const [reference, charges] of money) {
    const attempt = attempts.get(reference);
    const [charge] = charges;
    if (charges.length > 1) breaches.push(`${reference} was charged ${charges.length} times`);
    if (!attempt || !charge) breaches.push(`${reference} was charged and is in no book of ours`);
    else if (attempt.state !== 'succeeded') breaches.push(`${reference} was charged and is ${attempt.state}`);
    else if (attempt.amountMinor !== charge.amountMinor || attempt.currency !== charge.currency)
      breaches.push(`${reference} was charged ${charge.amountMinor} ${charge.currency}, not as agreed`);
  }
  for (const { id, state } of books.attempts)
    if (state === 'succeeded' && !money.has(id)) breaches.push(`${id} succeeded and was never charged`);
  return [...breaches, ...differingSums(books)];
}

function differingSums(books: Books): string[] {
  const sum = (rows: { amountMinor: number; currency: string }[]) =>
    new Map(
      [...groupBy(rows, ({ currency }) => currency)].map(([currency, group]) => [
        currency,
        group.reduce((total, { amountMinor }) => total + amountMinor, 0),
      ]),
    );
  const theirs = sum(moneyIn(books));
  const ours = sum(books.attempts.filter(({ state }) => state === 'succeeded'));
  const entered = sum(books.entries.filter(({ kind }) => kind === 'payment'));
  return [...new Set([...theirs.keys(), ...ours.keys(), ...entered.keys()])].flatMap((currency) => {
    const [gateway, attempts, entries] = [theirs, ours, entered].map((sums) => sums.get(currency) ?? 0);
    return gateway === attempts && attempts === entries
      ? []
      : [`${currency}: gateway ${gateway}, attempts ${attempts}, ledger entries ${entries}`];
  });
}

function noMoneyLost({ books }: Evidence): string[] {
  const money = new Set(moneyIn(books).map(({ reference }) => reference));
  return books.attempts
    .filter(({ id, state }) => ['failed', 'declined', 'abandoned', 'voided'].includes(state) && money.has(id))
    .map(({ id, state }) => `${id} is ${state} and the gateway holds its money`);
}

/** Every state that may follow, in one step or several. */
function after(state: AttemptState): Set<AttemptState> {
  const found = new Set<AttemptState>();
  const visit = (from: AttemptState): void => {
    for (const next of ATTEMPT_TRANSITIONS[from]) {
      if (found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(state);
  return found;
}

/** What payers were told must lead to what is so at the end: a word once given is not taken back. */
function onlyAdvance({ books, seen, refunds }: Evidence): string[] {
  return [...paymentsOnlyAdvance(books, seen), ...refundsOnlyAdvance(books, refunds)];
}

function paymentsOnlyAdvance(books: Books, seen: readonly Shown[]): string[] {
  const attempts = new Map(books.attempts.map(({ id, state }) => [id, state]));
  const links = new Map(books.links.map((link) => [link.id, link]));
  return seen.flatMap(({ link, payers }) => {
    const now = links.get(link.id);
    if (!now) return [`${link.id} was issued and is gone`];
    const told = payers.flatMap((payer) => payer.told);
    const paid = told.some(({ page }) => page === 'paid') && now.capturedMinor < now.amountMinor;
    const back = told.filter(({ attempt, attemptState }) => {
      const state = attempt && attempts.get(attempt);
      if (!attempt || !attemptState) return false;
      return !state || (state !== attemptState && !after(attemptState as AttemptState).has(state));
    });
    return [
      ...(paid ? [`${link.id} was shown as paid and is not`] : []),
      ...back.map(
        (one) => `${one.attempt} was ${one.attemptState} and is ${attempts.get(one.attempt ?? '') ?? 'gone'}`,
      ),
    ];
  });
}

function eventsArrive({ books, receipts, settled }: Evidence): string[] {
  const sent = groupBy(books.deliveries, ({ event }) => event);
  const breaches = settled.undelivered > 0 ? [`${settled.undelivered} deliveries were still open`] : [];
  for (const event of books.events) {
    const deliveries = sent.get(event.id) ?? [];
    if (deliveries.length !== books.endpoints)
      breaches.push(`${event.id} (${event.type}) has ${deliveries.length} deliveries`);
    for (const { state } of deliveries) {
      const taken = receipts.byId.get(event.id)?.taken ?? 0;
      if (state === 'succeeded' && taken === 0) breaches.push(`${event.id} is delivered, and nobody took it`);
    }
  }
  return [...breaches, ...gaps(books), ...paidEvents(books, receipts), ...refundEvents(books, receipts)];
}

/** A link's events are numbered 1, 2, 3 … up to its own number. */
function gaps({ events, links }: Books): string[] {
  const numbers = groupBy(
    events.filter(({ link }) => link !== null),
    ({ link }) => link ?? '',
  );
  return links.flatMap(({ id, sequence }) => {
    const found = (numbers.get(id) ?? []).map((event) => event.sequence);
    return found.length === sequence && found.every((number, i) => number === i + 1)
      ? []
      : [`${id} is at event ${sequence} and has ${found.join(' ')}`];
  });
}

function paidEvents({ events, links }: Books, receipts: Evidence['receipts']): string[] {
  const paid = groupBy(
    events.filter(({ type }) => type === 'payment_link.paid'),
    ({ link }) => link ?? '',
  );
  return links.flatMap(({ id, amountMinor, capturedMinor }) => {
    const found = paid.get(id) ?? [];
    const wanted = capturedMinor >= amountMinor ? 1 : 0;
    if (found.length !== wanted) return [`${id} has ${found.length} events payment_link.paid, not ${wanted}`];
    const untold = found.filter((event) => (receipts.byId.get(event.id)?.taken ?? 0) === 0);
    return untold.map((event) => `${id} is paid and its receiver was never told (${event.id})`);
  });
}

const sameBytes = ({ receipts }: Evidence): string[] =>
  [...receipts.byId].filter(([, { changed }]) => changed).map(([id]) => `${id} came with other bytes`);

const signed = ({ receipts }: Evidence): string[] =>
  [...receipts.byId]
    .filter(([, { unsigned }]) => unsigned > 0)
    .map(([id, { unsigned }]) => `${id} came ${unsigned} times with a signature that does not verify`);

/** A gateway tells nothing that is not so: whatever of its own notices was set aside was misunderstood. */
const newsIsTaken = ({ books }: Evidence): string[] =>
  books.notices
    .filter(({ type, state }) => state === 'quarantined' && !type.startsWith('answer.'))
    .map(({ id, type, attempt, reason }) => `${type} of ${attempt} (${id}) was set aside: ${reason}`);

function inTime({ books }: Evidence): string[] {
  const links = new Map(books.links.map((link) => [link.id, link]));
  return books.attempts.flatMap(({ id, link, createdAt }) => {
    const end = links.get(link)?.expiresAt;
    return end && createdAt >= end ? [`${id} began at ${createdAt.toISOString()}, after its link's end`] : [];
  });
}

/** The link's own sums are those of its attempts, and nothing stays reserved. */
function sumsOfLinks({ books }: Evidence): string[] {
  const paid = groupBy(books.entries, ({ link }) => link);
  const open = new Set(books.attempts.filter(({ state }) => isOpen(state)).map(({ link }) => link));
  return books.links.flatMap(({ id, capturedMinor, heldMinor, access }) => {
    const entered = (paid.get(id) ?? [])
      .filter(({ kind }) => kind === 'payment')
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    return [
      ...(entered === capturedMinor
        ? []
        : [`${id} says ${capturedMinor} captured, its entries say ${entered}`]),
      ...(heldMinor === 0 || open.has(id) ? [] : [`${id} holds ${heldMinor} for nobody`]),
      ...(access === 'processing' && !open.has(id) ? [`${id} is processing and no attempt is open`] : []),
    ];
  });
}

const decided = ({ settled }: Evidence): string[] =>
  settled.undecided.map((id) => `${id} was still undecided after 120 s`);

export const INVARIANTS: readonly Invariant[] = [
  { id: 'I1', claim: 'one charge per debt, one open attempt per link', breaches: oneCharge },
  { id: 'I2', claim: 'gateway and attempts match one to one, sums equal per currency', breaches: oneToOne },
  { id: 'I3', claim: 'nothing that holds money is called failed', breaches: noMoneyLost },
  { id: 'I4', claim: 'what was told is not taken back', breaches: onlyAdvance },
  { id: 'I5', claim: 'every event is delivered, none is lost, none is missing', breaches: eventsArrive },
  { id: 'I6', claim: 'the same webhook id always carries the same bytes', breaches: sameBytes },
  { id: 'I7', claim: 'no attempt begins at or after the end of its link', breaches: inTime },
  {
    id: 'I8',
    claim: 'what was given back is what was refunded, once, and never more than was captured',
    breaches: refundsMatch,
  },
  { id: 'I11', claim: 'nothing is undecided 120 s after the faults', breaches: decided },
  {
    id: 'sums',
    claim: 'a link’s own sums are those of its entries, and nothing stays reserved',
    breaches: sumsOfLinks,
  },
  { id: 'news', claim: 'no notice of the gateway is set aside as false', breaches: newsIsTaken },
  {
    id: 'signed',
    claim: 'every webhook verifies when it comes, by the standard and its tolerance',
    breaches: signed,
  },
];
