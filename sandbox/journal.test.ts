import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { bundleProgram } from '@/scripts/lib/bundles.mjs';
import { Journal } from './journal';
import {
  authorize,
  type Call,
  caller,
  charge,
  dataOf,
  fresh,
  GATEWAY_KEY,
  GATEWAY_WHSEC,
  type Json,
  SMS_KEY,
  testDirectory,
  testPortal,
  WHSEC,
} from './testing';

let program: string;
beforeAll(async () => {
  program = await bundleProgram('test-sandbox', 'sandbox/main.ts');
});

/** Starts the real process and waits for its first word. */
async function spawnSandbox(
  dataDir: string,
  portalUrl = 'http://127.0.0.1:9',
): Promise<{ child: ChildProcess; call: Call; said: () => string }> {
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'test' as const,
    SANDBOX_PORT: '0',
    SANDBOX_SMTP_PORT: '0',
    SANDBOX_DATA_DIR: dataDir,
    SANDBOX_GATEWAY_KEY: GATEWAY_KEY,
    SANDBOX_SMS_KEY: SMS_KEY,
    MESSAGING_WEBHOOK_SECRET: WHSEC,
    PORTAL_URL: portalUrl,
    SANDBOX_GATEWAY_WEBHOOK_SECRET: GATEWAY_WHSEC,
    CF_WATCH_PARENT: '1',
  };
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the sandbox ended: ${said}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const found = /"listening","url":"http:\/\/localhost:(\d+)"/.exec(said)?.[1];
      if (found) resolve(Number(found));
    });
  });
  return { child, call: caller(port), said: () => said };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const gone = once(child, 'exit');
  child.kill(signal);
  const [code] = await gone;
  return code as number | null;
}

test('what was answered survives kill -9, with its idempotency, and a torn last line is dropped and said', async () => {
  const directory = await testDirectory();
  const first = await spawnSandbox(directory.path);
  const bodies = Array.from({ length: 20 }, () => charge('4242424242424242'));
  const answers = await Promise.all(bodies.map((body) => authorize(first.call, body)));
  const sms = { to: '+447700900998', from: 'Shop', text: 'Hello', reference: fresh('msg') };
  await first.call('POST', '/sms/messages', sms);
  await end(first.child, 'SIGKILL');
  await appendFile(join(directory.path, 'ledger.jsonl'), '[{"type":"payment","pay');

  const second = await spawnSandbox(directory.path);
  expect(second.said()).toContain('"torn_line_dropped","file":"ledger"');
  expect(dataOf(await second.call('GET', '/control/ledger'))).toHaveLength(20);
  expect(dataOf(await second.call('GET', '/control/inbox'))).toHaveLength(1);
  const again = await Promise.all(bodies.map((body) => authorize(second.call, body)));
  expect(again.map((told) => told.body)).toEqual(answers.map((told) => told.body));
  expect(await end(second.child, 'SIGTERM')).toBe(0);
  await directory.remove();
}, 20_000);

test('what was answered before kill -9 is told to the portal after it, with the same id and bytes', async () => {
  const [directory, portal] = [await testDirectory(), await testPortal()];
  const body = charge('4242424242424242', { account: 'prof_one' });
  portal.refuse(body.reference, 1_000);
  const first = await spawnSandbox(directory.path, portal.url);
  await authorize(first.call, body);
  await portal.come(body.reference, 1);
  await end(first.child, 'SIGKILL');
  const before = portal.of(body.reference).length;
  portal.refuse(body.reference, 0);
  const second = await spawnSandbox(directory.path, portal.url);
  const notices = await portal.come(body.reference, before + 1);
  expect(notices.at(-1)).toMatchObject({ answered: 204, verified: true, body: { type: 'payment.captured' } });
  expect(new Set(notices.map(({ id, text }) => id + text)).size).toBe(1);
  await end(second.child, 'SIGTERM');
  portal.close();
  await directory.remove();
}, 20_000);

test('concurrent records are all kept, in order, and a clear keeps only what comes after it', async () => {
  const directory = await testDirectory();
  const path = join(directory.path, 'a', 'test.jsonl');
  const { journal } = await Journal.open<number>(path);
  await Promise.all(Array.from({ length: 500 }, (_, i) => journal.append(i)));
  expect((await readFile(path, 'utf8')).trim().split('\n').map(Number)).toEqual([...Array(500).keys()]);
  const before = journal.append(1);
  const cleared = journal.clear();
  const after = journal.append(2);
  await Promise.all([before, cleared, after]);
  await journal.close();
  const again = await Journal.open<number>(path);
  expect([again.records, again.droppedBytes]).toEqual([[2], 0]);
  await again.journal.close();
  await directory.remove();
});

test('after a torn line new records start on a line of their own; damage before the end refuses to open', async () => {
  const directory = await testDirectory();
  const path = join(directory.path, 'test.jsonl');
  await writeFile(path, '{"a":1}\n{"a":');
  const torn = await Journal.open<Json>(path);
  expect([torn.records, torn.droppedBytes]).toEqual([[{ a: 1 }], 5]);
  await torn.journal.append({ a: 2 });
  await torn.journal.close();
  expect(await readFile(path, 'utf8')).toBe('{"a":1}\n{"a":2}\n');
  await writeFile(path, '{"a":1}\nrubbish\n{"a":2}\n');
  await expect(Journal.open<Json>(path)).rejects.toThrow('line 2 is damaged');
  await directory.remove();
});

test('an environment for production, or without a key, does not start', async () => {
  const { readEnv } = await import('./env');
  const good = {
    SANDBOX_PORT: '1',
    SANDBOX_SMTP_PORT: '2',
    SANDBOX_DATA_DIR: 'x',
    SANDBOX_GATEWAY_KEY: 'a',
    SANDBOX_SMS_KEY: 'b',
    MESSAGING_WEBHOOK_SECRET: WHSEC,
    PORTAL_URL: 'http://localhost:3',
  };
  expect(readEnv(good)).toMatchObject({
    host: '127.0.0.1',
    port: 1,
    receiverSecret: null,
    gatewayWebhookSecret: null,
  });
  expect(() => readEnv({ ...good, COUNTERFOIL_MODE: 'production' })).toThrow(/never runs in production/);
  expect(() => readEnv({ ...good, SANDBOX_GATEWAY_KEY: '' })).toThrow(/SANDBOX_GATEWAY_KEY/);
});
