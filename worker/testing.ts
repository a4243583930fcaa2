import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPaymentLink } from '@/lib/payment-links';
import { type TestHouse, testHouse } from '@/lib/testing';
import { createWebhookEndpoint } from '@/lib/webhooks';
import { Lane } from './lane';

export type Got = { path: string; headers: IncomingHttpHeaders; body: string };
export type Answer = (response: ServerResponse, got: Got) => void;

const closing: (() => Promise<unknown>)[] = [];
/** Ends what the scenes of a test have begun, the last first. */
export async function endScenes(): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close();
}

/** A merchant with receivers that answer as told, each at a path of its own. */
export async function scene(answers: Record<string, Answer>) {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const one = { path: request.url ?? '', headers: request.headers, body };
      got.push(one);
      (answers[one.path.slice(1)] ?? ((r) => r.end()))(response, one);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const house = await testHouse({ sandboxUrl: origin });
  closing.push(house.close, async () => {
    server.closeAllConnections();
    server.close();
  });
  const endpoints = new Map<string, { id: string; secret: string }>();
  for (const name of Object.keys(answers)) {
    const made = await createWebhookEndpoint(house.as('owner'), { url: `${origin}/${name}` });
    if (!made.ok) throw new Error(made.error.message);
    endpoints.set(name, made.value);
  }
  return { house, got, endpoints };
}

export function startLane(house: TestHouse, options = {}): Lane {
  const lane = new Lane(house.services, options);
  closing.push(() => lane.stop());
  return lane;
}

export const newLink = (house: TestHouse) =>
  createPaymentLink(house.as('owner'), { amountMinor: 100, currency: 'GBP' });

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (await condition()) return;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error('it did not happen');
}

type Row = { state: string; tries: number; wait: number; fence: number };
export const rows = (house: TestHouse) => house.database.sql<Row[]>`
  select d.state, d.tries, d.fence, extract(epoch from d.next_try_at - cf_now())::float8 as wait
  from webhook_deliveries d join webhook_endpoints w using (merchant_id) where w.id = d.endpoint_id order by w.id, d.id`;
export const triesOf = (house: TestHouse) =>
  house.database.sql<
    { number: number; status: number | null; error: string | null; answer: string | null }[]
  >`select number, status, error, answer from webhook_tries order by delivery_id, number`;

export const settled = (house: TestHouse, state: string) => () =>
  rows(house).then((all) => all.every((row) => row.state === state));

/** Nothing is in flight, and nothing is due. */
export const calm = (house: TestHouse) => async (): Promise<boolean> => {
  const [row] = await house.database.sql`select count(*)::int as busy from webhook_deliveries
    where state in ('pending', 'retrying') and (lease_until is not null or next_try_at <= cf_now())`;
  return row?.busy === 0;
};
