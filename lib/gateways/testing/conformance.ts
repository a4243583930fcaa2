/** What every gateway adapter must keep, as tests: docs/gateways.md says how to bring an adapter and its provider. */
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { CardFields } from '@/card/card-bytes';
import type { SubmitGrant } from '@/core/card-ticket';
import type { WireGateway } from '@/core/gateway-currencies';
import type { CardFacts, DeclineCode, GatewayResult } from '@/core/payment-attempt';
import type { Gateway, NotificationReader } from '../port';
import type { BrokenServer } from './broken-server';
import { startBrokenServer } from './broken-server';
import { AMOUNTS } from './clauses/amounts';
import { NOTIFICATIONS } from './clauses/notifications';
import { PAYMENTS } from './clauses/payments';
import { REFUNDS } from './clauses/refunds';
import { WRONG_ANSWERS } from './clauses/wrong-answers';

/** Where an adapter finds its gateway. */
export type Place = { url: string; apiKey: string };
export type CardOrder = { grant: SubmitGrant; fields: CardFields; facts: CardFacts };
export type CardLimits = { sendBefore: number; returnUrl: string; signal: AbortSignal; budgetMs?: number };

/** Both faces of the adapter under test. `budgetMs` is how long one request may take. */
export type Adapter = {
  /** Whose spelling of amounts it must use. */
  wire: WireGateway;
  portal: (place: Place, budgetMs?: number) => Gateway;
  charge: (order: CardOrder, limits: CardLimits) => Promise<GatewayResult>;
  readNotification: NotificationReader;
};

/** One entry of the provider's books. `wireAmount` is as the provider writes it. */
export type Entry = {
  kind: 'payment' | 'capture' | 'void' | 'refund' | 'dispute';
  status: string;
  wireAmount: number;
  currency: string;
};
export type Signed = { headers: Record<string, string>; body: string };
export type LostAnswer = 'authorize' | 'capture' | 'refund' | 'void_by_reference';

/** The provider as its test account allows: what truly happened there, and how to make it do things. */
export type Provider = Place & {
  account: string;
  cards: {
    approved: string;
    declined: { number: string; code: DeclineCode };
    failed: string;
    challenged: string;
  };
  /** The provider's books on a payment of ours, oldest first. */
  ledger: (reference: string) => Promise<Entry[]>;
  passChallenge: (url: string, accept: boolean) => Promise<void>;
  /** Bank checks that begin while `work` runs end by themselves after a second. */
  withShortChallenges: <T>(work: () => Promise<T>) => Promise<T>;
  /** The next such request is carried out, but its answer never arrives. */
  loseAnswer: (operation: LostAnswer, reference: string) => Promise<void>;
  /** From now on it says another amount or currency of that payment. */
  tamper: (reference: string, change: { wireAmount?: number; currency?: string }) => Promise<void>;
  /** Amounts, in GBP, whose refund ends so. */
  refunds: { pending: number; failed: number };
  refundThere: (reference: string, amountMinor: number) => Promise<void>;
  disputeThere: (
    reference: string,
    amountMinor: number,
  ) => Promise<{ close: (outcome: 'won' | 'lost') => Promise<void> }>;
  /** Notifications of ours that have come about a payment, once the wanted ones have. */
  notifications: (reference: string, wanted: (came: readonly Signed[]) => boolean) => Promise<Signed[]>;
  secret: string;
  newSecret: () => string;
  /** Signs as the provider would; `id` is what makes a notification the same one. */
  sign: (secret: string, id: string, body: string, at: Date) => Record<string, string>;
  /** A payment of ours as an authorisation answers it, and as one is read; fields may be changed. */
  answers: {
    payment: (grant: SubmitGrant, change: object) => string;
    read: (reference: string, change: object) => string;
    /** Where in an answer a gateway could write text of its own. */
    textFields: readonly string[];
  };
  stop: () => Promise<void>;
};

export type Subject = { adapter: Adapter; provider: Provider; broken: BrokenServer };
export type Clause = { name: string; holds: (subject: Subject) => Promise<void> };

export const CLAUSES: readonly Clause[] = [
  ...PAYMENTS,
  ...REFUNDS,
  ...NOTIFICATIONS,
  ...AMOUNTS,
  ...WRONG_ANSWERS,
];

/** Registers a test for each clause of the port, against the adapter's real provider and a server that answers wrongly. */
export function conformance(name: string, adapter: Adapter, open: () => Promise<Provider>): void {
  describe(`${name} keeps the port: `, () => {
    let subject: Subject;
    beforeAll(async () => {
      subject = { adapter, provider: await open(), broken: await startBrokenServer() };
    });
    afterAll(async () => {
      await subject.provider.stop();
      await subject.broken.close();
    });
    for (const clause of CLAUSES) test(clause.name, () => clause.holds(subject), 30_000);
  });
}
