import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { Merchant } from './merchant';
import { Switchboard } from './switchboard';

test('an answer that cannot be read is asked for again, under the same key', async () => {
  const whole = JSON.stringify({ id: 'rf_1', amountMinor: 700, state: 'pending' });
  const keys: unknown[] = [];
  const portal = createServer((request, response) => {
    keys.push(request.headers['idempotency-key']);
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end(keys.length === 1 ? whole.slice(0, whole.length / 2) : whole);
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => portal.once('listening', listening));
  try {
    const { port } = portal.address() as AddressInfo;
    const merchant = new Merchant(`http://127.0.0.1:${port}`, 'key', new Switchboard());
    const asked = await merchant.refund('once', { paymentLink: 'pl_1' });
    expect(asked).toMatchObject({ id: 'rf_1', amountMinor: 700, told: ['pending'] });
    expect(keys).toEqual(['once', 'once']);
  } finally {
    portal.close();
  }
});
