/** What truly happened, whatever anybody was told: payments and all that became of them, durable before any answer. */
import { Journal } from './journal';
import { type EntryRef, entryView, type LedgerEntry } from './ledger-entries';
import {
  type Dispute,
  type Intent,
  type LedgerRecord,
  type Notification,
  type Payment,
  type Refund,
  upgraded,
} from './ledger-records';
import { Movements } from './movements';

export type StoredAnswer = { bodyHash: string; payment: Payment };

const DAY_MS = 86_400_000;

function push<K, V>(index: Map<K, V[]>, key: K, value: V): void {
  const list = index.get(key);
  if (list) list.push(value);
  else index.set(key, [value]);
}

const sum = (parts: readonly { amountMinor: number }[]): number =>
  parts.reduce((total, part) => total + part.amountMinor, 0);

export class Ledger {
  #journal: Journal<LedgerRecord[]>;
  #payments = new Map<string, Payment>();
  #byReference = new Map<string, string[]>();
  #byKey = new Map<string, string[]>();
  #answers = new Map<string, StoredAnswer>();
  #refunds = new Map<string, Refund>();
  #refundByReference = new Map<string, string>();
  #refundsOf = new Map<string, string[]>();
  #disputes = new Map<string, Dispute>();
  #disputesOf = new Map<string, string[]>();
  #intents = new Map<string, Intent>();
  #fenced = new Set<string>();
  #untold = new Map<string, Notification>();
  #entries: EntryRef[] = [];
  #entriesByReference = new Map<string, EntryRef[]>();
  #entriesByLink = new Map<string, EntryRef[]>();
  readonly movements = new Movements();

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
    for (const index of [this.#refunds, this.#refundByReference, this.#refundsOf]) index.clear();
    for (const index of [this.#disputes, this.#disputesOf, this.#intents, this.#fenced, this.#untold])
      index.clear();
    for (const index of [this.#entriesByReference, this.#entriesByLink]) index.clear();
    this.#entries = [];
    this.movements.clear();
    return this.#journal.clear();
  }

  payment = (id: string): Payment | null => this.#payments.get(id) ?? null;
  payments = (): Payment[] => [...this.#payments.values()];
  intent = (reference: string): Intent | null => this.#intents.get(reference) ?? null;
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

  refundById = (id: string): Refund | null => this.#refunds.get(id) ?? null;
  refund = (reference: string): Refund | null =>
    this.refundById(this.#refundByReference.get(reference) ?? '');
  refunds = (): Refund[] => [...this.#refunds.values()];
  refundsOf = (payment: string): Refund[] =>
    (this.#refundsOf.get(payment) ?? []).flatMap((id) => this.refundById(id) ?? []);
  refundedMinor = (payment: string): number =>
    sum(this.refundsOf(payment).filter(({ status }) => status === 'succeeded'));

  dispute = (id: string): Dispute | null => this.#disputes.get(id) ?? null;
  disputesOf = (payment: string): Dispute[] =>
    (this.#disputesOf.get(payment) ?? []).flatMap((id) => this.dispute(id) ?? []);
  /** What disputes have taken, or may yet give back. */
  disputedMinor = (payment: string): number =>
    sum(this.disputesOf(payment).filter(({ status }) => status !== 'won'));

  /** What may still be refunded: captured, neither refunded nor about to be, and not disputed. */
  roomMinor(payment: Payment): number {
    const refunds = sum(this.refundsOf(payment.id).filter(({ status }) => status !== 'failed'));
    return payment.capturedMinor - refunds - this.disputedMinor(payment.id);
  }

  /** Notifications that the portal has not taken yet, oldest first. */
  untold = (): Notification[] => [...this.#untold.values()];
  isUntold = (id: string): boolean => this.#untold.has(id);

  /** Entries newest first; a filter that is null does not filter. */
  entries(reference: string | null, paymentLink: string | null, now: Date): LedgerEntry[] {
    let found = this.#entries;
    if (reference !== null) found = this.#entriesByReference.get(reference) ?? [];
    else if (paymentLink !== null) found = this.#entriesByLink.get(paymentLink) ?? [];
    const entries = found.flatMap((entry) => {
      const payment = this.payment(entry.payment);
      return payment ? (entryView(entry, payment, this, now) ?? []) : [];
    });
    return entries.filter((e) => paymentLink === null || e.paymentLink === paymentLink).reverse();
  }

  #apply(record: LedgerRecord): void {
    if (record.type === 'payment') this.#applyPayment(upgraded(record.payment), record.bodyHash);
    else if (record.type === 'refund') this.#applyRefund(record.refund);
    else if (record.type === 'dispute') this.#applyDispute(record.dispute);
    else if (record.type === 'intent') this.#intents.set(record.intent.reference, record.intent);
    else if (record.type === 'fence') this.#fenced.add(record.reference);
    else if (record.type === 'notification') this.#untold.set(record.notification.id, record.notification);
    else if (record.type === 'notified') this.#untold.delete(record.id);
    else {
      const { type: kind, ...rest } = record;
      this.#note({ ...rest, kind } as EntryRef);
    }
  }

  #applyPayment(payment: Payment, bodyHash: string | undefined): void {
    const before = this.#payments.get(payment.id);
    this.#payments.set(payment.id, payment);
    if (payment.status === 'captured' && before?.status !== 'captured') this.movements.captured(payment);
    if (before) return;
    push(this.#byReference, payment.reference, payment.id);
    push(this.#byKey, payment.idempotencyKey, payment.id);
    if (bodyHash !== undefined) this.#answers.set(payment.idempotencyKey, { bodyHash, payment });
    this.#note({ kind: 'payment', payment: payment.id });
  }

  #applyRefund(refund: Refund): void {
    const before = this.#refunds.get(refund.id);
    this.#refunds.set(refund.id, refund);
    const payment = this.payment(refund.payment);
    if (payment && refund.status === 'succeeded' && before?.status !== 'succeeded')
      this.movements.refunded(refund, payment);
    if (before) return;
    if (refund.reference !== null) this.#refundByReference.set(refund.reference, refund.id);
    push(this.#refundsOf, refund.payment, refund.id);
    this.#note({ kind: 'refund', payment: refund.payment, id: refund.id });
  }

  #applyDispute(dispute: Dispute): void {
    const before = this.#disputes.get(dispute.id);
    this.#disputes.set(dispute.id, dispute);
    const payment = this.payment(dispute.payment);
    if (payment) this.movements.disputed(dispute, payment);
    if (before) return;
    push(this.#disputesOf, dispute.payment, dispute.id);
    this.#note({ kind: 'dispute', payment: dispute.payment, id: dispute.id });
  }

  #note(entry: EntryRef): void {
    const payment = this.#payments.get(entry.payment);
    if (!payment) return;
    this.#entries.push(entry);
    push(this.#entriesByReference, payment.reference, entry);
    push(this.#entriesByLink, payment.paymentLink, entry);
  }
}
