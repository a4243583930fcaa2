/** What the clauses do with an adapter: charge, and ask, as card process and portal do. */
import { factsOf, parseFields } from '@/card/card-bytes';
import type { GatewayResult } from '@/core/payment-attempt';
import { newId } from '../../../ids';
import type { Expected, Gateway } from '../../port';
import type { CardLimits, Place, Subject } from '../conformance';

export const GBP = { amountMinor: 1240, currency: 'GBP' };
export const NAME = 'Ada Quillfeather';
export const CSC = '917';

export type Order = Expected & { paymentLink: string };
/** A payment of ours that nobody has sent yet. */
export const newOrder = (money = GBP): Order => ({
  reference: newId('paymentAttempt'),
  paymentLink: newId('paymentLink'),
  ...money,
});

export const portalOf = ({ adapter, provider }: Subject): Gateway =>
  adapter.portal({ url: provider.url, apiKey: provider.apiKey });

export type Paying = {
  number?: string;
  capture?: boolean;
  at?: Place;
  budgetMs?: number;
  more?: Partial<CardLimits>;
};

/** A card as the card process holds it, and the grant to send it. */
export function cardOrder({ provider }: Subject, order: Order, { number, capture = true, at }: Paying = {}) {
  const { reference: attempt, paymentLink, amountMinor, currency } = order;
  const digits = number ?? provider.cards.approved;
  const fields = parseFields(Buffer.from(['ticket', digits, '12', '2034', CSC, NAME].join('\n')));
  const facts = fields && factsOf(fields);
  if (!fields || !facts) throw new Error('not a card');
  const { url, apiKey } = at ?? provider;
  const gateway = { kind: 'sandbox' as const, url, apiKey, account: provider.account };
  const terms = { channel: 'ecommerce' as const, handle: 'h'.repeat(50), capture, sendWithinMs: 10_000 };
  return { grant: { attempt, paymentLink, amountMinor, currency, ...terms, gateway }, fields, facts };
}

/** Sends a card, once. */
export function pay(subject: Subject, order: Order, paying: Paying = {}): Promise<GatewayResult> {
  const { budgetMs, more } = paying;
  return subject.adapter.charge(cardOrder(subject, order, paying), {
    sendBefore: performance.now() + 10_000,
    returnUrl: 'http://localhost:4567/back',
    signal: new AbortController().signal,
    ...(budgetMs !== undefined && { budgetMs }),
    ...more,
  });
}

/** Sends a card that must be accepted; the gateway's reference. */
export async function paid(subject: Subject, order: Order, paying: Paying = {}): Promise<string> {
  const result = await pay(subject, order, paying);
  if (result.kind !== 'authorized') throw new Error(`the provider answered ${result.kind}`);
  return result.gatewayReference;
}

/** The provider's books on a payment: kind, status and amount of each entry. */
export async function books({ provider }: Subject, { reference }: Order): Promise<string[]> {
  const entries = await provider.ledger(reference);
  return entries.map(({ kind, status, wireAmount }) => `${kind} ${status} ${wireAmount}`);
}

export async function until<T>(what: () => Promise<T | null | false>): Promise<T> {
  for (let i = 0; i < 100; i++) {
    const value = await what();
    if (value !== null && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it did not happen in time');
}
