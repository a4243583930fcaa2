// A payment with a client that is made from the API's own document:
//   npm install --save-dev oazapfts && npm install @oazapfts/runtime
//   npx oazapfts "$API/openapi.json" api.ts
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as api from './api';

/** Where the API is, and the key that opens it. */
export function connect(baseUrl: string, key: string): void {
  api.defaults.baseUrl = baseUrl;
  api.defaults.headers = { authorization: `Bearer ${key}` };
}

/** Issues a link; its `url` is what the customer opens. */
export async function issue(reference: string): Promise<api.PaymentLink> {
  const link = { amountMinor: 1240, currency: 'GBP', description: 'Two walking sticks', reference };
  const answer = await api.createPaymentLink(link, { idempotencyKey: randomUUID() });
  if (answer.status !== 201) throw new Error(`${answer.data.code}: ${answer.data.detail}`);
  return answer.data;
}

export async function read(id: string): Promise<api.PaymentLink> {
  const answer = await api.readPaymentLink(id);
  if (answer.status !== 200) throw new Error(`${answer.data.code}: ${answer.data.detail}`);
  return answer.data;
}

/** Gives a part of the money back. */
export async function refund(paymentLink: string, amountMinor: number): Promise<api.Refund> {
  const asked = { paymentLink, amountMinor, reason: 'One stick broken' };
  const answer = await api.createRefund(asked, { idempotencyKey: randomUUID() });
  if (answer.status !== 201) throw new Error(`${answer.data.code}: ${answer.data.detail}`);
  if (answer.data.object !== 'refund') throw new Error('the money was only held, and is released');
  return answer.data as api.Refund;
}

/** Everything that happens from a time on, in its order, without an end: keep the cursor to go on later. */
export async function* follow(createdFrom: string): AsyncGenerator<api.Event> {
  let cursor: string | undefined;
  for (;;) {
    const answer = await api.listEvents({ order: 'oldest', limit: 100, createdFrom, cursor });
    if (answer.status !== 200) throw new Error(`${answer.data.code}: ${answer.data.detail}`);
    yield* answer.data.data;
    cursor = answer.data.nextCursor ?? cursor;
    if (answer.data.data.length === 0) await sleep(250);
  }
}
