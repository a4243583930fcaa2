import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addJob } from '@/db/queries/jobs';
import { paymentAttempts, webhookDeliveries } from '@/db/schema';
import { type MoneyHouse, moneyHouse, pay, unwrap } from '../gateways/testing';
import type { LogFields } from '../log';
import { createPaymentLink } from '../payment-links';
import { routeOf } from '../routes';
import { createWebhookEndpoint } from '../webhooks';
import { resolve } from '../webhooks/testing';
import { counted, exposition, mayRead, measureRequests } from './index';
import { metrics } from './registry';

let house: MoneyHouse;
beforeAll(async () => {
  house = await moneyHouse();
});
afterAll(() => house.close());

/** The value of a line of the exposition, by its beginning. */
const figureOf = (text: string, start: string): number | undefined => {
  const line = text.split('\n').find((one) => one.startsWith(start));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
};
const read = async (withStanding = true) => (await exposition(house.services, { withStanding })).text;

test.each([
  [
    '/pay/AQEAAAAAAZFTzxOH7EzeqeZciBhg7N5rDse5JXfMk7PXHKJepEOmRxsYtw/attempts?l=de',
    201,
    '/pay/:given/attempts',
  ],
  ['/pay/return/abcdef', 303, '/pay/:given/:given'],
  ['/api/v1/payment-links/plink_01kav3v9kmf6vrgh5pj9s3q8zd', 200, '/api/v1/payment-links/:given'],
  ['/admin/links/plink_01kav3v9kmf6vrgh5pj9s3q8zd?tab=1', 200, '/admin/links/:given'],
  ['/_next/static/chunks/main-0a1b2c.js', 200, '/_next/:given/chunks/:given'],
  ['/developers/webhooks', 200, '/developers/:given'],
  ['/', 200, '/'],
  ['/whatever/somebody/tries', 404, 'none'],
])('the route of %s is a label that many share', (address, status, route) => {
  expect(routeOf(address, status)).toBe(route);
});

test('each request that a server answers is timed, once, under its route', async () => {
  measureRequests();
  const server = createServer((_request, response) => response.end('ok')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const labels = '{method="GET",route="/measured/:given",status="200"}';
  for (let i = 0; i < 3; i++) await fetch(`http://127.0.0.1:${port}/measured/x_${i}`);
  server.close();
  expect(figureOf(await read(false), `http_server_request_duration_seconds_count${labels}`)).toBe(3);
});

test('what the log tells of a piece of work is counted, and passed on as it was', async () => {
  const lines: [string, string, LogFields | undefined][] = [];
  const to = (level: string) => (event: string, fields?: LogFields) => lines.push([level, event, fields]);
  const log = counted({ info: to('info'), warn: to('warn'), error: to('error') });
  log.info('job', { job: 'measured', ms: 40, state: 'sent' });
  log.warn('job_failed', { job: 'measured', ms: 9, error: 'Error: no' });
  log.error('measured_error');
  expect(lines.map(([level, event]) => [level, event])).toEqual([
    ['info', 'job'],
    ['warn', 'job_failed'],
    ['error', 'measured_error'],
  ]);
  expect(lines[0]?.[2]).toEqual({ job: 'measured', ms: 40, state: 'sent' });
  const text = await metrics().registry.metrics();
  const work = 'counterfoil_work_duration_seconds_count{kind="job",name="measured"';
  expect(figureOf(text, `${work},outcome="sent"}`)).toBe(1);
  expect(figureOf(text, `${work},outcome="threw"}`)).toBe(1);
  expect(figureOf(text, 'counterfoil_log_lines_total{level="error",event="measured_error"}')).toBe(1);
});

test('what waits, is open or is not known is told as it stands, and no longer once it is over', async () => {
  const { db } = house.services;
  unwrap(
    await createWebhookEndpoint(
      house.as('owner'),
      { url: 'https://crm.example.com/hook', types: ['payment_link.created'] },
      resolve,
    ),
  );
  const link = unwrap(await createPaymentLink(house.as('agent'), { amountMinor: 100, currency: 'GBP' }));
  await pay(house, link.id);
  await addJob(db, 'measured_task', {});
  await db.update(paymentAttempts).set({ state: 'unknown' });
  const text = await read();
  expect(figureOf(text, 'counterfoil_payment_attempts_unknown')).toBe(1);
  expect(figureOf(text, 'counterfoil_payment_attempts_recent{state="unknown"}')).toBe(1);
  expect(figureOf(text, 'counterfoil_webhook_deliveries_waiting')).toBeGreaterThanOrEqual(1);
  expect(figureOf(text, 'counterfoil_webhook_deliveries_lag_seconds')).toBeGreaterThan(0);
  expect(figureOf(text, 'counterfoil_jobs{task="measured_task",state="waiting"}')).toBe(1);
  await db.update(paymentAttempts).set({ state: 'succeeded' });
  await db.update(webhookDeliveries).set({ state: 'succeeded' });
  await house.database.sql`delete from graphile_worker._private_jobs`;
  const after = await read();
  expect(figureOf(after, 'counterfoil_payment_attempts_unknown')).toBe(0);
  expect(figureOf(after, 'counterfoil_payment_attempts_recent{state="succeeded"}')).toBe(1);
  expect(figureOf(after, 'counterfoil_webhook_deliveries_waiting')).toBe(0);
  expect(after).not.toContain('measured_task"');
});

test('the dashboard and the documentation name only what is told', async () => {
  const told = new Set((await metrics().registry.getMetricsAsJSON()).map(({ name }) => name));
  for (const file of ['docs/grafana.json', 'docs/operations.md']) {
    const text = readFileSync(file, 'utf8');
    const named = text.match(/\b(?:counterfoil|http_server|process_resident|nodejs)_[a-z0-9_]+/g) ?? [];
    expect(named.length).toBeGreaterThan(5);
    const unknown = named.filter(
      (name) => !told.has(name) && !told.has(name.replace(/_(bucket|count|sum)$/, '')),
    );
    expect([file, unknown]).toEqual([file, []]);
  }
});

test('only who shows the token reads them, and nobody where none is set', () => {
  expect(mayRead('a token of sixteen', 'Bearer a token of sixteen')).toBe(true);
  for (const shown of ['Bearer a token', 'a token of sixteen', '', null, undefined])
    expect(mayRead('a token of sixteen', shown)).toBe(false);
  expect(mayRead(undefined, 'Bearer ')).toBe(false);
});
