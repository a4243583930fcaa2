import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listAllProfiles } from '@/db/queries/merchants';
import type { Ctx } from '../context';
import type { LookupResult } from '../contracts/form-lookups';
import type { Resolve } from '../egress/guard';
import type { TestHouse } from '../testing';
import { lookUpForm, readFormLookup, saveFormLookup } from '.';

export type Asked = { method: string; path: string; headers: IncomingHttpHeaders; body: string };

/** A merchant's own system on loopback: keeps what it was asked, and answers as the test says by path. */
export async function merchantSystem(answer: (asked: Asked, response: ServerResponse) => void) {
  const asked: Asked[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      asked.push(one);
      answer(one, response);
    });
  };
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
export type MerchantSystem = Awaited<ReturnType<typeof merchantSystem>>;

export const sendJson = (response: ServerResponse, value: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};

/** What a merchant's system may answer of its customer. */
export const ADA = {
  customer: { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+44 7700 900123', locale: 'en-GB' },
  amountMinor: 12_900,
  currency: 'EUR',
  description: 'Trekking boots',
  lineItems: [{ description: 'Boots', quantity: 1, unitAmountMinor: 12_900 }],
  fields: { invoice: 'INV-7', customerNumber: 4711 },
};

/** What lookups are for, as tests tell it, at one house whose only allowed origin is the merchant's system. */
export class LookupTales {
  constructor(readonly house: () => TestHouse) {}

  get origin(): string {
    return this.house().services.config.egressAllow[0] ?? '';
  }

  async profile(): Promise<string> {
    const { services, merchantId } = this.house();
    return (await listAllProfiles(services.db, merchantId))[0]?.id ?? '';
  }

  async version(): Promise<number | null> {
    const before = await readFormLookup(this.house().as('admin'), await this.profile());
    return before.ok ? (before.value?.version ?? null) : null;
  }

  async setUp(more: object = {}, ctx: Ctx = this.house().as('admin'), resolve?: Resolve) {
    const [profile, version] = [await this.profile(), await this.version()];
    const wish = { profile, version, url: `${this.origin}/lookup`, credentials: { kind: 'signature' } };
    return saveFormLookup(ctx, { ...wish, ...more }, resolve);
  }

  async ready(more: object = {}) {
    const saved = await this.setUp({ newSecret: true, ...more });
    if (!saved.ok) throw new Error(saved.error.message);
    return saved.value;
  }

  async ask(resolve?: Resolve): Promise<LookupResult> {
    const outcome = await lookUpForm(this.house().as('agent'), { reference: 'INV-7' }, resolve);
    if (!outcome.ok) throw new Error(outcome.error.message);
    return outcome.value;
  }
}
