/** A sandbox of its own for each test: real process parts on free ports, in a directory that goes away. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxEnv } from './env';
import { startSandbox } from './server';

export const GATEWAY_KEY = 'gateway-key-of-this-test';
export const SMS_KEY = 'sms-key-of-this-test';
export const WHSEC = `whsec_${Buffer.from('a secret of thirty-two bytes only').toString('base64')}`;

export type Json = Record<string, unknown>;
export type Told = { status: number; body: Json; headers: Headers };

export async function testDirectory(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'cf-sandbox-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export const testEnv = (dataDir: string, portalUrl = 'http://127.0.0.1:9'): SandboxEnv => ({
  host: '127.0.0.1',
  port: 0,
  smtpPort: 0,
  url: null,
  dataDir,
  gatewayKey: GATEWAY_KEY,
  smsKey: SMS_KEY,
  receiverSecret: WHSEC,
  messagingSecret: WHSEC,
  portalUrl,
  watchParent: false,
});

/** Calls over real HTTP; `body` is sent as JSON unless it is text. */
export function caller(port: number) {
  return async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Told> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      redirect: 'manual',
      headers: { authorization: `Bearer ${path.startsWith('/sms') ? SMS_KEY : GATEWAY_KEY}`, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json');
    return {
      status: answer.status,
      body: isJson ? (JSON.parse(text) as Json) : { text },
      headers: answer.headers,
    };
  };
}

export type Call = ReturnType<typeof caller>;

export async function testSandbox(options: { portalUrl?: string; now?: () => Date } = {}) {
  const directory = await testDirectory();
  const sandbox = await startSandbox(
    testEnv(directory.path, options.portalUrl),
    () => undefined,
    options.now,
  );
  const stop = async () => {
    await sandbox.stop();
    await directory.remove();
  };
  return { ...sandbox, dataDir: directory.path, call: caller(sandbox.port), stop };
}

let serial = 0;
/** A fresh reference, so that tests in parallel never meet. */
export const fresh = (prefix: string): string => `${prefix}_${process.pid}x${++serial}`;

/** The body of an authorisation; `more` overrides its fields, `card` those of the card. */
export function charge(number: string, more: Json = {}, card: Json = {}): Json & { reference: string } {
  return {
    reference: fresh('pay'),
    paymentLink: fresh('plink'),
    amountMinor: 1240,
    currency: 'GBP',
    capture: true,
    channel: 'ecommerce',
    card: {
      number,
      expMonth: 12,
      expYear: 2034,
      csc: number.startsWith('3') ? '1234' : '123',
      name: 'A Payer',
      ...card,
    },
    challenge: { returnUrl: 'http://localhost:4567/back' },
    ...more,
  };
}

export const authorize = (
  call: Call,
  body: Json & { reference: string },
  key = body.reference,
): Promise<Told> => call('POST', '/gateway/payments', body, { 'idempotency-key': key });

export const dataOf = (told: Told): Json[] => told.body.data as Json[];

export async function until<T>(
  what: () => Promise<T | null | undefined | false>,
  limitMs = 5_000,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await what();
    if (value) return value;
    if (Date.now() > end) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
