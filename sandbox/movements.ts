/** Money that moved, in order of time: what a settlement report is made of. */
import type { Dispute, Payment, Refund } from './ledger-records';

export type Movement = {
  id: string;
  kind: 'payment' | 'refund' | 'chargeback' | 'reversal';
  /** The payment's own reference, whatever the kind. */
  reference: string;
  payment: string;
  /** On refunds: the caller's reference, or null when it was begun at the provider. */
  refundReference?: string | null;
  amountMinor: number;
  currency: string;
  at: string;
};

export type Place = { at: string; id: string };

export const isBefore = (a: Place, b: Place): boolean => (a.at === b.at ? a.id < b.id : a.at < b.at);

/** The first index whose movement is not before the place. */
function seek(list: readonly Movement[], place: Place): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = list[middle];
    if (found && isBefore(found, place)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export class Movements {
  #list: Movement[] = [];

  clear(): void {
    this.#list = [];
  }

  captured(payment: Payment): void {
    const { id, reference, capturedMinor: amountMinor, currency, capturedAt, createdAt } = payment;
    const at = capturedAt ?? createdAt;
    this.#add({ id, kind: 'payment', reference, payment: id, amountMinor, currency, at });
  }

  refunded(refund: Refund, { reference }: Payment): void {
    const { id, payment, reference: refundReference, amountMinor, currency, settledAt, createdAt } = refund;
    const at = settledAt ?? createdAt;
    this.#add({ id, kind: 'refund', reference, payment, refundReference, amountMinor, currency, at });
  }

  /** An open dispute takes the money, a won one gives it back; a lost one changes nothing more. */
  disputed(dispute: Dispute, { reference }: Payment): void {
    const { id, payment, amountMinor, currency, status, createdAt, closedAt } = dispute;
    const row = { reference, payment, amountMinor, currency };
    if (status === 'open') this.#add({ ...row, id, kind: 'chargeback', at: createdAt });
    if (status === 'won')
      this.#add({ ...row, id: `${id}_reversal`, kind: 'reversal', at: closedAt ?? createdAt });
  }

  some = (test: (movement: Movement) => boolean): boolean => this.#list.some(test);

  /** Movements from the first place on and before the second, in order of time. */
  *between(from: Place, to: Place): Generator<Movement> {
    for (let index = seek(this.#list, from); index < this.#list.length; index++) {
      const movement = this.#list[index];
      if (!movement || !isBefore(movement, to)) return;
      yield movement;
    }
  }

  /** Time nearly always moves on, so this nearly always appends. */
  #add(movement: Movement): void {
    const last = this.#list.at(-1);
    if (!last || isBefore(last, movement)) this.#list.push(movement);
    else this.#list.splice(seek(this.#list, movement), 0, movement);
  }
}
