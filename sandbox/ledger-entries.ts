/** The ledger as `GET /control/ledger` shows it. */
import { type Dispute, type Payment, type Refund, statusAt } from './ledger-records';

/** `reference` is always the payment's own; a refund's reference is its idempotency key. */
export type LedgerEntry = {
  id: string;
  reference: string;
  paymentLink: string;
  idempotencyKey: string | null;
  kind: 'payment' | 'capture' | 'void' | 'refund' | 'dispute';
  amountMinor: number;
  currency: string;
  brand: string;
  last4: string;
  status: string;
  at: string;
};

/** What an entry is about. Refunds and disputes are looked up when shown, because their status goes on. */
export type EntryRef =
  | { kind: 'payment'; payment: string }
  | { kind: 'capture'; payment: string; id: string; amountMinor: number; at: string }
  | { kind: 'void'; payment: string; id: string; at: string }
  | { kind: 'refund' | 'dispute'; payment: string; id: string };

type Known = {
  refundById: (id: string) => Refund | null;
  dispute: (id: string) => Dispute | null;
};

export function entryView(entry: EntryRef, payment: Payment, known: Known, now: Date): LedgerEntry | null {
  const { id, reference, paymentLink, idempotencyKey, amountMinor, currency, brand, last4 } = payment;
  const base = { reference, paymentLink, idempotencyKey: null, amountMinor, currency, brand, last4 };
  switch (entry.kind) {
    case 'payment': {
      const status = statusAt(payment, now);
      return { ...base, id, idempotencyKey, kind: 'payment', status, at: payment.createdAt };
    }
    case 'capture':
    case 'void': {
      const { payment: _, ...rest } = entry;
      return { ...base, ...rest, status: 'succeeded' };
    }
    case 'refund': {
      const refund = known.refundById(entry.id);
      if (!refund) return null;
      const { amountMinor: refunded, status, createdAt: at } = refund;
      const key = refund.reference;
      return {
        ...base,
        id: entry.id,
        idempotencyKey: key,
        kind: 'refund',
        amountMinor: refunded,
        status,
        at,
      };
    }
    case 'dispute': {
      const dispute = known.dispute(entry.id);
      if (!dispute) return null;
      const { amountMinor: disputed, status, createdAt: at } = dispute;
      return { ...base, id: entry.id, kind: 'dispute', amountMinor: disputed, status, at };
    }
  }
}
