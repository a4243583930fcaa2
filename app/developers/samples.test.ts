import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createPaymentLink } from '@/lib/payment-links';
import { testHouse } from '@/lib/testing';
import { createWebhookEndpoint, listWebhookDeliveries } from '@/lib/webhooks';
import { newWebhookSecret, signedHeaders } from '@/lib/webhooks/sign';
import { Lane } from '@/worker/lane';

const SAMPLES = readdirSync('docs/samples').filter((name) => name.endsWith('.mjs'));
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Runs a sample as it stands, on a free port; what it has printed so far. */
async function run(sample: string, secret: string) {
  const env = { ...process.env, WEBHOOK_SECRET: secret, PORT: '0' };
  const child: ChildProcess = spawn(process.execPath, [path.resolve('docs/samples', sample)], { env });
  ends.push(() => child.kill());
  let printed = '';
  child.stdout?.on('data', (chunk) => {
    printed += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    printed += chunk;
  });
  const lines = () => printed.split('\n').filter(Boolean);
  await until(() => lines().length > 0);
  const port = /^listening on (\d+)$/.exec(lines()[0] ?? '')?.[1];
  if (!port) throw new Error(printed);
  return { url: `http://127.0.0.1:${port}`, told: () => lines().slice(1) };
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if (await condition()) return;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error('it did not happen');
}

test.each(SAMPLES)('%s takes what is genuine, once, and refuses what is not', async (sample) => {
  const secret = newWebhookSecret();
  const receiver = await run(sample, secret);
  const body = JSON.stringify({ id: 'evt_1', type: 'payment_link.paid', data: { reference: 'order-1' } });
  const post = async (headers: Record<string, string>, text = body) =>
    (await fetch(receiver.url, { method: 'POST', headers, body: text })).status;
  const signed = (at = new Date(), with_ = secret) =>
    signedHeaders({ secrets: [with_], privateKeys: [] }, 'evt_1', body, at);
  const both = signedHeaders(
    { secrets: [newWebhookSecret(), secret], privateKeys: [] },
    'evt_1',
    body,
    new Date(),
  );
  expect([await post(signed()), await post(both), await post(signed())]).toEqual([204, 204, 204]);
  const old = new Date(Date.now() - 600_000);
  expect([
    await post(signed(), `${body} `),
    await post(signed(new Date(), newWebhookSecret())),
    await post(signed(old)),
    await post({}),
    await post({ ...signed(), 'webhook-signature': 'v1,' }),
  ]).toEqual([401, 401, 401, 401, 401]);
  expect(receiver.told()).toEqual(['payment_link.paid order-1']);
});

test.each(SAMPLES)('%s gets the events of a link from the worker’s own lane', async (sample) => {
  const secret = newWebhookSecret();
  const receiver = await run(sample, secret);
  const house = await testHouse({ sandboxUrl: receiver.url });
  ends.push(house.close);
  const owner = house.as('owner');
  const made = await createWebhookEndpoint(owner, { url: `${receiver.url}/hook`, secret });
  expect(made.ok).toBe(true);
  await createPaymentLink(owner, { amountMinor: 100, currency: 'GBP', reference: 'order-7' });
  const lane = new Lane(house.services, {});
  ends.push(() => lane.stop());
  await until(() => receiver.told().length > 0);
  expect(receiver.told()).toEqual(['payment_link.created order-7']);
  await until(async () => {
    const listed = await listWebhookDeliveries(owner, {});
    return listed.ok && listed.value.data.every(({ state }) => state === 'succeeded');
  });
});
