/** What truly happened, whatever anybody was told: payments, voids, refunds and fences, durable before any answer. */
import type { DeclineCode } from '@/core/payment-attempt';
import type { CardFacts, Channel } from './gateway-cards';
import { newId } from './ids';
import { Journal } from './journal';

export type PaymentStatus =
  | 'authorized'
  | 'captured'
  | 'requires_action'
  | 'declined'
  | 'failed'
  | 'voided'
  | 'expired';

export type Challenge = { returnUrl: string; expiresAt: string; accepted: 'approved' | 'declined' };

export type Payment = CardFacts & {
  id: string;
  reference: string;
  paymentLink: string;
  idempotencyKey: string;
  amountMinor: number;
  currency: string;
  status: PaymentStatus;
  capture: boolean;
  channel: Channel;
  declineCode?: DeclineCode;
  challenge?: Challenge;
  createdAt: string;
};

export type Refund = {
  id: string;
  payment: string;
  reference: string;
  amountMinor: number;
  currency: string;
  status: 'succeeded';
  createdAt: string;
};

/** `bodyHash` is on the first record of a payment only: it is what a repeat of the same idempotency key must match. */
export type LedgerRecord =
  | { type: 'payment'; payment: Payment; bodyHash?: string }
  | { type: 'refund'; refund: Refund }
  | { type: 'void'; id: string; payment: string; at: string }
  | { type: 'fence'; reference: string; at: string };

export type StoredAnswer = { bodyHash: string; payment: Payment };

/** One line of `GET /control/ledger`. `reference` is always the payment's own; a refund's is its idempotency key. */
export type LedgerEntry = {
  id: string;
  reference: string;
  paymentLink: string;
  idempotencyKey: string | null;
  kind: 'payment' | 'void' | 'refund';
  amountMinor: number;
  currency: string;
  brand: string;
  last4: string;
  status: string;
  at: string;
};

type EntryRef =
  | { kind: 'payment'; payment: string }
  | { kind: 'void'; payment: string; id: string; at: string }
  | { kind: 'refund'; payment: string; refund: Refund };

const DAY_MS = 86_400_000;

/** A challenge nobody answered in time is over, without anyone having to write that down. */
export function statusAt(payment: Payment, now: Date): PaymentStatus {
  const lapsed =
    payment.status === 'requires_action' &&
    payment.challenge &&
    payment.challenge.expiresAt <= now.toISOString();
  return lapsed ? 'expired' : payment.status;
}

function push<K, V>(index: Map<K, V[]>, key: K, value: V): void {
  const list = index.get(key);
  if (list) list.push(value);
  else index.set(key, [value]);
}

export class Ledger {
  #journal: Journal<LedgerRecord[]>;
  #payments = new Map<string, Payment>();
  #byReference = new Map<string, string[]>();
  #byKey = new Map<string, string[]>();
  #answers = new Map<string, StoredAnswer>();
  #refundsByReference = new Map<string, Refund>();
  #refunded = new Map<string, number>();
  #fenced = new Set<string>();
  #entries: EntryRef[] = [];
  #entriesByReference = new Map<string, EntryRef[]>();
  #entriesByLink = new Map<string, EntryRef[]>();

  private constructor(journal: Journal<LedgerRecord[]>) {
    this.#journal = journal;
  }

  static async open(path: string): Promise<{ ledger: Ledger; droppedBytes: number }> {
    const { journal, records, droppedBytes } = await Journal.open<LedgerRecord[]>(path);
    const ledger = new Ledger(journal);
    for (const record of records.flat()) ledger.#apply(record);
    return { ledger, droppedBytes };
  }

  /** Applies the records at once and resolves when they are on the disk, all of them or none. */
  commit(records: LedgerRecord[]): Promise<void> {
    for (const record of records) this.#apply(record);
    return this.#journal.append(records);
  }

  settled = (): Promise<void> => this.#journal.settled();
  close = (): Promise<void> => this.#journal.close();
  get failure(): Error | null {
    return this.#journal.failure;
  }

  clear(): Promise<void> {
    for (const index of [this.#payments, this.#byReference, this.#byKey, this.#answers]) index.clear();
    for (const index of [this.#refundsByReference, this.#refunded, this.#fenced]) index.clear();
    for (const index of [this.#entriesByReference, this.#entriesByLink]) index.clear();
    this.#entries = [];
    return this.#journal.clear();
  }

  payment = (id: string): Payment | null => this.#payments.get(id) ?? null;
  refund = (reference: string): Refund | null => this.#refundsByReference.get(reference) ?? null;
  refundedMinor = (payment: string): number => this.#refunded.get(payment) ?? 0;
  isFenced = (reference: string): boolean => this.#fenced.has(reference);

  /** Payments by the caller's reference or idempotency key, newest first. */
  find(by: 'reference' | 'idempotencyKey', value: string): Payment[] {
    const ids = (by === 'reference' ? this.#byReference : this.#byKey).get(value) ?? [];
    return ids.flatMap((id) => this.payment(id) ?? []).reverse();
  }

  /** What was first answered under a key within the last 24 hours. */
  answer(key: string, now: Date): StoredAnswer | null {
    const stored = this.#answers.get(key);
    if (!stored || now.getTime() - Date.parse(stored.payment.createdAt) >= DAY_MS) return null;
    return stored;
  }

  /** Entries newest first; a filter that is null does not filter. */
  entries(reference: string | null, paymentLink: string | null, now: Date): LedgerEntry[] {
    let found = this.#entries;
    if (reference !== null) found = this.#entriesByReference.get(reference) ?? [];
    else if (paymentLink !== null) found = this.#entriesByLink.get(paymentLink) ?? [];
    const entries = found.flatMap((entry) => this.#view(entry, now) ?? []);
    return entries.filter((e) => paymentLink === null || e.paymentLink === paymentLink).reverse();
  }

  #view(entry: EntryRef, now: Date): LedgerEntry | null {
    const payment = this.payment(entry.payment);
    if (!payment) return null;
    const { id, reference, paymentLink, idempotencyKey, amountMinor, currency, brand, last4 } = payment;
    const base = { reference, paymentLink, amountMinor, currency, brand, last4 };
    if (entry.kind === 'payment') {
      const status = statusAt(payment, now);
      return { ...base, id, idempotencyKey, kind: 'payment', status, at: payment.createdAt };
    }
    if (entry.kind === 'void')
      return { ...base, id: entry.id, idempotencyKey: null, kind: 'void', status: 'succeeded', at: entry.at };
    const { refund } = entry;
    return {
      ...base,
      id: refund.id,
      idempotencyKey: refund.reference,
      kind: 'refund',
      amountMinor: refund.amountMinor,
      status: refund.status,
      at: refund.createdAt,
    };
  }

  #apply(record: LedgerRecord): void {
    if (record.type === 'fence') this.#fenced.add(record.reference);
    else if (record.type === 'void') {
      this.#note({ kind: 'void', payment: record.payment, id: record.id, at: record.at });
    } else if (record.type === 'refund') {
      const { refund } = record;
      this.#refundsByReference.set(refund.reference, refund);
      this.#refunded.set(refund.payment, this.refundedMinor(refund.payment) + refund.amountMinor);
      this.#note({ kind: 'refund', payment: refund.payment, refund });
    } else this.#applyPayment(record.payment, record.bodyHash);
  }

  #applyPayment(payment: Payment, bodyHash: string | undefined): void {
    const known = this.#payments.has(payment.id);
    this.#payments.set(payment.id, payment);
    if (known) return;
    push(this.#byReference, payment.reference, payment.id);
    push(this.#byKey, payment.idempotencyKey, payment.id);
    if (bodyHash !== undefined) this.#answers.set(payment.idempotencyKey, { bodyHash, payment });
    this.#note({ kind: 'payment', payment: payment.id });
  }

  #note(entry: EntryRef): void {
    const payment = this.#payments.get(entry.payment);
    if (!payment) return;
    this.#entries.push(entry);
    push(this.#entriesByReference, payment.reference, entry);
    push(this.#entriesByLink, payment.paymentLink, entry);
  }
}

/** The two records that take a hold (or an open challenge) back. */
export function voidRecords(payment: Payment, now: Date): LedgerRecord[] {
  return [
    { type: 'payment', payment: { ...payment, status: 'voided' } },
    { type: 'void', id: newId('gwv'), payment: payment.id, at: now.toISOString() },
  ];
}
