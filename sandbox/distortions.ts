/** What the gateway says wrongly on purpose, for as long as the process lives. The ledger itself never lies. */
import type { Payment } from './ledger-records';
import type { Movement } from './movements';

type Tampering = { amountMinor?: number; currency?: string };
type ReportFault =
  | { kind: 'omit'; name: string }
  | { kind: 'amount'; name: string; amountMinor: number }
  | { kind: 'extra'; row: Movement };

/** What a planted difference may call a row by: its id, the payment's reference, or the refund's own. */
const namesOf = ({ id, kind, reference, refundReference }: Movement): string[] => [
  id,
  ...(kind === 'payment' ? [reference] : []),
  ...(refundReference ? [refundReference] : []),
];

export class Distortions {
  #tamperings = new Map<string, Tampering>();
  #omitted = new Set<string>();
  #amounts = new Map<string, number>();
  #extras: Movement[] = [];

  /** Every payment under this reference or link is shown so, those to come as well. Nothing to show ends it. */
  tamper(by: 'reference' | 'paymentLink', value: string, tampering: Tampering): void {
    if (Object.keys(tampering).length > 0) this.#tamperings.set(`${by} ${value}`, tampering);
    else this.#tamperings.delete(`${by} ${value}`);
  }

  /** Amounts and currency of a payment as the gateway tells them. */
  shown(payment: Payment): Pick<Payment, 'amountMinor' | 'capturedMinor' | 'currency'> {
    const { reference, paymentLink, amountMinor, capturedMinor, currency } = payment;
    const told =
      this.#tamperings.get(`reference ${reference}`) ?? this.#tamperings.get(`paymentLink ${paymentLink}`);
    const amount = told?.amountMinor ?? amountMinor;
    const taken = capturedMinor === amountMinor ? amount : capturedMinor;
    return { amountMinor: amount, capturedMinor: taken, currency: told?.currency ?? currency };
  }

  plant(fault: ReportFault): void {
    if (fault.kind === 'omit') this.#omitted.add(fault.name);
    else if (fault.kind === 'amount') this.#amounts.set(fault.name, fault.amountMinor);
    else this.#extras.push(fault.row);
  }

  /** A movement as the report tells it; null when it leaves it out. */
  reported(movement: Movement): Movement | null {
    const names = namesOf(movement);
    if (names.some((name) => this.#omitted.has(name))) return null;
    const amountMinor = names.map((name) => this.#amounts.get(name)).find((amount) => amount !== undefined);
    return amountMinor === undefined ? movement : { ...movement, amountMinor };
  }

  /** Rows of the report for money that never moved. */
  extras = (): readonly Movement[] => this.#extras;
  isNamed = (movement: Movement, name: string): boolean => namesOf(movement).includes(name);

  clear(): void {
    this.#tamperings.clear();
    this.#omitted.clear();
    this.#amounts.clear();
    this.#extras = [];
  }
}
