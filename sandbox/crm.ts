/** A merchant's own system: customers and their open invoices to look up, and what was written back about payments. */
import { Journal } from './journal';

export type Customer = { key: string; name: string; email: string; phone: string; locale: string };
export type Invoice = {
  number: string;
  customer: string;
  amountMinor: number;
  currency: string;
  description: string;
  lineItems?: { description: string; quantity: number; unitAmountMinor: number }[];
};
export type Answered = number | null;
export type Lookup = {
  at: string;
  reference: string | null;
  agent: string | null;
  proof: Proof | null;
  answered: Answered;
};
/** What a caller has proved itself with. */
export type Proof = 'signature' | 'oauth' | 'header';
export type WriteBack = {
  at: string;
  method: string;
  idempotencyKey: string;
  headers: Record<string, string>;
  body: unknown;
  proof: Proof | null;
  answered: Answered;
  /** Came before under this key: told again, and nothing is done twice. */
  repeated: boolean;
};
type CrmRecord =
  | { type: 'customer'; customer: Customer }
  | { type: 'invoice'; invoice: Invoice }
  | { type: 'lookup'; entry: Lookup }
  | { type: 'written'; entry: WriteBack };

const MAX_KEPT = 10_000;

const CUSTOMERS: readonly Customer[] = [
  {
    key: 'C-1001',
    name: 'Ada Lovelace',
    email: 'ada@lovelace.example',
    phone: '+447700900123',
    locale: 'en',
  },
  { key: 'C-1002', name: 'Jonas Weber', email: 'jonas@weber.example', phone: '+491701234567', locale: 'de' },
  {
    key: 'C-1003',
    name: 'Amara Okafor',
    email: 'amara@okafor.example',
    phone: '+447700900456',
    locale: 'en',
  },
];
const INVOICES: readonly Invoice[] = [
  {
    number: 'INV-2001',
    customer: 'C-1001',
    amountMinor: 12_400,
    currency: 'GBP',
    description: 'Walking boots and socks',
    lineItems: [
      { description: 'Walking boots', quantity: 1, unitAmountMinor: 11_000 },
      { description: 'Wool socks', quantity: 2, unitAmountMinor: 700 },
    ],
  },
  {
    number: 'INV-2002',
    customer: 'C-1002',
    amountMinor: 18_950,
    currency: 'EUR',
    description: 'Zelt für zwei',
  },
  {
    number: 'INV-2003',
    customer: 'C-1003',
    amountMinor: 2_480,
    currency: 'GBP',
    description: 'Camping stove',
  },
];

export class Crm {
  #journal: Journal<CrmRecord>;
  #customers = new Map(CUSTOMERS.map((one) => [one.key, one]));
  #invoices = new Map(INVOICES.map((one) => [one.number, one]));
  #lookups: Lookup[] = [];
  #written: WriteBack[] = [];

  private constructor(journal: Journal<CrmRecord>) {
    this.#journal = journal;
  }

  static async open(path: string): Promise<{ crm: Crm; droppedBytes: number }> {
    const { journal, records, droppedBytes } = await Journal.open<CrmRecord>(path);
    const crm = new Crm(journal);
    for (const record of records) crm.#apply(record);
    return { crm, droppedBytes };
  }

  /** Each resolves when it is on the disk. */
  addCustomer = (customer: Customer): Promise<void> => this.#commit({ type: 'customer', customer });
  addInvoice = (invoice: Invoice): Promise<void> => this.#commit({ type: 'invoice', invoice });
  addLookup = (entry: Lookup): Promise<void> => this.#commit({ type: 'lookup', entry });
  addWritten = (entry: WriteBack): Promise<void> => this.#commit({ type: 'written', entry });
  close = (): Promise<void> => this.#journal.close();
  get failure(): Error | null {
    return this.#journal.failure;
  }

  customers = (): Customer[] => [...this.#customers.values()];
  invoicesOf = (key: string): Invoice[] =>
    [...this.#invoices.values()].filter(({ customer }) => customer === key);

  /** By the number of an invoice, or a customer's key: then their first open invoice. */
  find(
    reference: string | null,
    customerKey: string | null,
  ): { customer: Customer; invoice: Invoice | null } | null {
    const named = this.#invoices.get(reference ?? '') ?? null;
    const customer = this.#customers.get(named?.customer ?? customerKey ?? reference ?? '');
    if (!customer) return null;
    const open = this.invoicesOf(customer.key).find(({ number }) => !this.isPaid(number));
    return { customer, invoice: named ?? open ?? null };
  }

  isPaid = (number: string): boolean =>
    this.#written.some(({ body, proof, answered }) => {
      if (typeof body !== 'object' || body === null || proof === null || answered !== 200) return false;
      const { reference, outcome } = body as { reference?: unknown; outcome?: unknown };
      return reference === number && outcome === 'succeeded';
    });

  /** Newest first. */
  lookups = (reference: string | null): Lookup[] =>
    this.#lookups.filter((one) => reference === null || one.reference === reference).toReversed();
  written = (reference: string | null): WriteBack[] =>
    this.#written.filter(({ body }) => reference === null || referenceOf(body) === reference).toReversed();
  hasSeen = (key: string): boolean =>
    this.#written.some((one) => one.idempotencyKey === key && one.answered === 200);

  /** Forgets what was asked and told; customers and invoices of control go too. */
  async clear(): Promise<void> {
    this.#customers = new Map(CUSTOMERS.map((one) => [one.key, one]));
    this.#invoices = new Map(INVOICES.map((one) => [one.number, one]));
    this.#lookups = [];
    this.#written = [];
    await this.#journal.clear();
  }

  #commit(record: CrmRecord): Promise<void> {
    this.#apply(record);
    return this.#journal.append(record);
  }

  #apply(record: CrmRecord): void {
    if (record.type === 'customer') this.#customers.set(record.customer.key, record.customer);
    else if (record.type === 'invoice') this.#invoices.set(record.invoice.number, record.invoice);
    else if (record.type === 'lookup') keep(this.#lookups, record.entry);
    else keep(this.#written, record.entry);
  }
}

function keep<T>(list: T[], one: T): void {
  list.push(one);
  if (list.length > MAX_KEPT) list.shift();
}

export const referenceOf = (body: unknown): string | null => {
  const reference = typeof body === 'object' && body !== null && 'reference' in body ? body.reference : null;
  return typeof reference === 'string' ? reference : null;
};
