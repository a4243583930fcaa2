/** A sandbox of its own for each test: real process parts on free ports, in a directory that goes away. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import type { SandboxEnv } from './env';
import { startSandbox } from './server';

export const GATEWAY_KEY = 'gateway-key-of-this-test';
export const SMS_KEY = 'sms-key-of-this-test';
export const WHSEC = `whsec_${Buffer.from('a secret of thirty-two bytes only').toString('base64')}`;

export const GATEWAY_WHSEC = `whsec_${Buffer.from('the secret of gateway notices only').toString('base64')}`;

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
  gatewayWebhookSecret: GATEWAY_WHSEC,
  smsKey: SMS_KEY,
  receiverSecret: WHSEC,
  telephonyKey: 'phone-key',
  telephonySecret: `whsec_${Buffer.from('telephony secret for tests only').toString('base64')}`,
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

export type Notice = {
  path: string;
  id: string;
  text: string;
  body: Json & { type: string; data: Json };
  verified: boolean;
  answered: number;
};

function verifies(text: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(GATEWAY_WHSEC).verify(text, headers);
    return true;
  } catch {
    return false;
  }
}

/** A portal that takes the gateway's notifications over real HTTP, and keeps what came and whether it verifies. */
export async function testPortal() {
  const notices: Notice[] = [];
  const refusals = new Map<string, number>();
  const portal = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const body = JSON.parse(text) as Notice['body'];
      const headers = req.headers as Record<string, string>;
      const verified = verifies(text, headers);
      const reference = String(body.data.paymentReference ?? body.data.reference);
      const left = refusals.get(reference) ?? 0;
      refusals.set(reference, left - 1);
      const answered = !verified ? 401 : left > 0 ? 503 : 204;
      notices.push({ path: req.url ?? '', id: headers['webhook-id'] ?? '', text, body, verified, answered });
      res.writeHead(answered).end();
    });
  });
  await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
  const of = (reference: string): Notice[] =>
    notices.filter(({ body: { data } }) => (data.paymentReference ?? data.reference) === reference);
  return {
    url: `http://127.0.0.1:${(portal.address() as AddressInfo).port}`,
    /** Answers the next notifications of a payment with 503, so many times. */
    refuse: (reference: string, times: number) => void refusals.set(reference, times),
    of,
    typesOf: (reference: string): string[] => of(reference).map(({ body }) => body.type),
    /** Waits until so many have come for a payment. */
    come: (reference: string, count: number): Promise<Notice[]> =>
      until(async () => of(reference).length >= count && of(reference)),
    close: (): void => {
      portal.close();
      portal.closeAllConnections();
    },
  };
}
