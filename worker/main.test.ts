import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { listAlerts } from '@/lib/alerts';
import { keyRingText } from '@/lib/key-ring';
import { createPaymentLink, readLinkHistory } from '@/lib/payment-links';
import { listPaymentProfiles } from '@/lib/payment-profiles';
import { listBalanceReports, requestBalance } from '@/lib/reconciliation';
import { type TestHouse, testHouse } from '@/lib/testing';
import { createWebhookEndpoint } from '@/lib/webhooks';
import { bundleProgram } from '@/scripts/lib/bundles.mjs';

let program: string;
beforeAll(async () => {
  program = await bundleProgram('test-worker', 'worker/main.ts');
});
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A gateway that tells of one payment, in the middle of the span it is asked for. */
function reportOf(url: string): string {
  const { searchParams } = new URL(url, 'http://gateway');
  const [from, to] = [searchParams.get('from') ?? '', searchParams.get('to') ?? ''];
  const at = new Date((Date.parse(from) + Date.parse(to)) / 2).toISOString();
  const line = {
    id: 'gw_1',
    kind: 'payment',
    reference: 'pay_nobody',
    amountMinor: 700,
    currency: 'GBP',
    at,
  };
  return JSON.stringify({ data: [line], nextCursor: null });
}

/** The outside world: a receiver at /hook and an SMS provider on one server, and a mail server. */
async function world() {
  const seen = { hooks: [] as string[], sms: 0, mails: 0, hang: false, delayMs: 0 };
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      if (request.url?.startsWith('/gateway/report')) return void response.end(reportOf(request.url));
      if (request.url === '/hook') {
        seen.hooks.push(String(request.headers['webhook-id']));
        if (seen.hang) return;
      } else seen.sms += 1;
      setTimeout(() => response.writeHead(202).end('{"id":"sm_1"}'), seen.delayMs);
    });
  });
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, _session, done) => {
      stream.resume();
      stream.on('end', () => {
        seen.mails += 1;
        done();
      });
    },
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  await new Promise<void>((done) => smtp.listen(0, '127.0.0.1', () => done()));
  closing.push(() => smtp.close(() => {}));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { seen, origin, smtpPort: (smtp.server.address() as AddressInfo).port };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

type Worker = { child: ChildProcess; exit: Promise<number | null>; get: (path: string) => Promise<Response> };

async function startWorker(house: TestHouse, outside: { origin: string; smtpPort: number }): Promise<Worker> {
  const { config } = house.services;
  const port = await freePort();
  const [id, key] = [...config.linkTokenKeys.byId][0] ?? [];
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      NODE_ENV: 'test',
      PATH: process.env.PATH ?? '',
      DATABASE_URL: house.database.url,
      PORTAL_URL: config.portalUrl,
      CARD_URL: config.cardUrl,
      LINK_TOKEN_KEYS: `${id}:${key?.toString('base64url')}`,
      DATA_ENCRYPTION_KEY: keyRingText(config.dataKey),
      EGRESS_ALLOW: outside.origin,
      SMTP_URL: `smtp://127.0.0.1:${outside.smtpPort}`,
      MAIL_FROM: 'pay@counterfoil.example',
      SMS_PROVIDER_URL: `${outside.origin}/sms`,
      SMS_PROVIDER_KEY: 'key',
      WORKER_HEALTH_PORT: String(port),
      CF_WATCH_PARENT: '1',
    },
  });
  closing.push(() => child.kill('SIGKILL'));
  const exit = new Promise<number | null>((done) => child.once('exit', done));
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  await until(async () => (await get('/readyz').catch(() => null))?.status === 200, 50_000);
  return { child, exit, get };
}

async function until(condition: () => Promise<boolean> | boolean, limitMs = 30_000): Promise<void> {
  for (const end = performance.now() + limitMs; performance.now() < end; ) {
    if (await condition()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('it did not happen');
}

async function scene() {
  const outside = await world();
  const house = await testHouse({ sandboxUrl: outside.origin });
  closing.unshift(house.close);
  const made = await createWebhookEndpoint(house.as('owner'), {
    url: `${outside.origin}/hook`,
    types: ['payment_link.created'],
  });
  if (!made.ok) throw new Error(made.error.message);
  return { outside, house };
}

async function newLink(house: TestHouse, send: { channel: 'sms' | 'email' }[] = []): Promise<string> {
  const made = await createPaymentLink(house.as('owner'), {
    amountMinor: 1240,
    currency: 'GBP',
    customer: { email: 'ada@example.com', phone: '+447700900123' },
    send,
  });
  if (!made.ok) throw new Error(made.error.message);
  return made.value.id;
}

const delivered = async (house: TestHouse) =>
  (await house.database.sql`select 1 from webhook_deliveries where state <> 'succeeded'`).length === 0;

test('a worker sends messages and webhooks, answers for its health, and ends by itself on SIGTERM', {
  timeout: 120_000,
}, async () => {
  const { outside, house } = await scene();
  const worker = await startWorker(house, outside);
  expect(await (await worker.get('/healthz')).json()).toEqual({ status: 'ok' });
  const link = await newLink(house, [{ channel: 'sms' }, { channel: 'email' }]);
  await until(async () => {
    const history = await readLinkHistory(house.as('owner'), link);
    return (
      history.ok && history.value.messages.every((one) => one.state === 'sent') && (await delivered(house))
    );
  });
  expect(outside.seen).toMatchObject({ sms: 1, mails: 1, hooks: [expect.any(String)] });
  worker.child.kill('SIGTERM');
  expect(await worker.exit).toBe(0);
});

test('a worker killed in the middle of a delivery loses nothing: the next one sends it under the same id', {
  timeout: 120_000,
}, async () => {
  const { outside, house } = await scene();
  const first = await startWorker(house, outside);
  outside.seen.hang = true;
  await newLink(house);
  await until(() => outside.seen.hooks.length === 1);
  first.child.kill('SIGKILL');
  await first.exit;
  outside.seen.hang = false;
  await startWorker(house, outside);
  await setClock(house.services.db, 61);
  await until(() => delivered(house));
  expect(outside.seen.hooks).toHaveLength(2);
  expect(new Set(outside.seen.hooks).size).toBe(1);
});

test('a worker killed in the middle of a job: the next one does it within half a minute', {
  timeout: 150_000,
}, async () => {
  const { outside, house } = await scene();
  const first = await startWorker(house, outside);
  outside.seen.delayMs = 60_000;
  await newLink(house, [{ channel: 'sms' }]);
  await until(() => outside.seen.sms === 1);
  first.child.kill('SIGKILL');
  await first.exit;
  outside.seen.delayMs = 0;
  await startWorker(house, outside);
  await until(() => outside.seen.sms === 2, 30_000);
});

test('a day of a profile that an operator asks for is balanced through the queue, and the difference is told', async () => {
  const { outside, house } = await scene();
  const owner = house.as('owner');
  const profiles = await listPaymentProfiles(owner);
  const profile = profiles.ok ? (profiles.value[0]?.id ?? '') : '';
  const day = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  expect(await requestBalance(owner, { profile, day })).toMatchObject({ ok: true });
  await startWorker(house, outside);
  const reports = async () => {
    const list = await listBalanceReports(owner, {});
    return list.ok ? list.value.data : [];
  };
  await until(async () => (await reports()).length > 0);
  expect(await reports()).toMatchObject([
    { day, currency: 'GBP', gatewayMinor: 700, ledgerMinor: 0, gapCount: 1 },
  ]);
  expect(await listAlerts(owner)).toMatchObject({ value: { data: [{ kind: 'balance_difference' }] } });
});

test('a worker frozen past its lease is fenced off: what it says when it wakes is not written', {
  timeout: 120_000,
}, async () => {
  const { outside, house } = await scene();
  const first = await startWorker(house, outside);
  outside.seen.hang = true;
  await newLink(house);
  await until(() => outside.seen.hooks.length === 1);
  first.child.kill('SIGSTOP');
  outside.seen.hang = false;
  await setClock(house.services.db, 61);
  await startWorker(house, outside);
  await until(() => delivered(house));
  const log = () => house.database.sql`select d.fence, d.tries, t.number, t.status
    from webhook_deliveries d join webhook_tries t on t.delivery_id = d.id`;
  const written = await log();
  expect(written).toMatchObject([{ fence: 2, tries: 1, number: 1, status: 202 }]);
  first.child.kill('SIGCONT');
  await new Promise((done) => setTimeout(done, 3_000));
  expect(await log()).toEqual(written);
  expect(new Set(outside.seen.hooks).size).toBe(1);
});

test('on SIGTERM a worker ends what is in flight and takes no more', { timeout: 120_000 }, async () => {
  const { outside, house } = await scene();
  const worker = await startWorker(house, outside);
  outside.seen.delayMs = 1_500;
  await newLink(house);
  await until(() => outside.seen.hooks.length === 1);
  const ended = performance.now();
  worker.child.kill('SIGTERM');
  await until(async () => (await worker.get('/healthz').catch(() => null)) === null);
  await newLink(house);
  expect(await worker.exit).toBe(0);
  expect(performance.now() - ended).toBeLessThan(23_000);
  const states = await house.database.sql`select state from webhook_deliveries order by created_at`;
  expect(states.map((row) => row.state)).toEqual(['succeeded', 'pending']);
  expect(outside.seen.hooks).toHaveLength(1);
});
