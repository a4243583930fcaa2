/** A portal and a gateway on the wire, and a card server between them, for this folder's tests. */
import { generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  answerSigningInput,
  CARD_CALLS,
  type CardCall,
  type CardTicket,
  callSigningInput,
  type ResultCall,
  type SubmitCall,
  type SubmitGrant,
  ticketSigningInput,
} from '@/core/card-ticket';
import type { KeypadReport } from '@/core/keypad';
import type { CardConfig } from './env';
import { createCardServer, type DrainTimes } from './http-server';
import type { KeypadLimits } from './keypad/captures';
import type { LogLine } from './log';

export const CARD_ORIGIN = 'http://card.example';
export const PARENT = 'http://pay.example';
export const BANK = 'http://bank.example';
export const PAN = '4242424242424242';
export const ATTEMPT = 'pay_01kav3v9kmf6vrgh5pj9s3q8zd';

export type Reply = { status: number; body: string | object };
export type Wire = { origin: string; close: () => Promise<void> };

/** Listens on a random port of the loopback. */
export async function listen(server: Server, port = 0): Promise<Wire> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: bound } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { origin: `http://127.0.0.1:${bound}`, close };
}

export async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

export const newKeys = () => generateKeyPairSync('ed25519');

export function signedTicket(key: KeyObject, changes: Partial<CardTicket> = {}): string {
  const ticket: CardTicket = {
    v: 1,
    attempt: ATTEMPT,
    paymentLink: 'plink_01kav3v9kmf6vrgh5pj9s3q8zd',
    amountMinor: 1240,
    currency: 'GBP',
    channel: 'ecommerce',
    parent: PARENT,
    ...changes,
  };
  const payload = Buffer.from(JSON.stringify(ticket)).toString('base64url');
  return `${payload}.${sign(null, Buffer.from(ticketSigningInput(payload)), key).toString('base64url')}`;
}

export type PortalStub = Wire & {
  submits: SubmitCall[];
  results: ResultCall[];
  reports: KeypadReport[];
  grant: Partial<SubmitGrant>;
  /** Overrides of what it answers; null cuts the connection. */
  onSubmit?: (call: SubmitCall) => Reply | null;
  onResult?: (call: ResultCall) => Reply | null;
  onReport?: (report: KeypadReport) => Reply | null;
  /** Signs answers with this key in place of its own. */
  answerKey?: KeyObject;
};

const stateFor = (call: ResultCall): string => call.result.kind;

/** What the portal gives for the way back from a bank's page. */
export const HANDLE = 'h'.repeat(50);

/** A portal that checks each call's signature, grants an attempt once, and signs what it says. */
export async function startPortal(
  keys: { portal: KeyObject; card: KeyObject },
  gatewayOrigin: string,
): Promise<PortalStub> {
  const spent = new Set<string>();
  function submit(stub: PortalStub, call: SubmitCall): Reply {
    if (spent.has(call.attempt))
      return { status: 409, body: { code: 'attempt_superseded', message: 'Started again.' } };
    spent.add(call.attempt);
    const grant: SubmitGrant = {
      attempt: call.attempt,
      paymentLink: 'plink_01kav3v9kmf6vrgh5pj9s3q8zd',
      amountMinor: call.amountMinor,
      currency: call.currency,
      channel: 'ecommerce',
      handle: HANDLE,
      capture: true,
      sendWithinMs: 10_000,
      gateway: { kind: 'sandbox', url: `${gatewayOrigin}/gateway`, apiKey: 'gateway-key', account: 'prof_1' },
      ...stub.grant,
    };
    return { status: 200, body: grant };
  }
  const server = createServer(async (message, response) => {
    const body = await textOf(message);
    const [timestamp, nonce, signature] = ['timestamp', 'nonce', 'signature'].map((name) =>
      String(message.headers[`counterfoil-${name}`]),
    ) as [string, string, string];
    const call = CARD_CALLS.find((name) => message.url === `/internal/card/${name}`) ?? 'result';
    const signed = Buffer.from(callSigningInput(call, timestamp, nonce, body));
    if (!verify(null, signed, keys.card, Buffer.from(signature, 'base64url')))
      return void response.writeHead(401).end();
    const reply = answer(call, JSON.parse(body));
    if (!reply) return void message.socket.destroy();
    const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
    const bytes = Buffer.from(answerSigningInput(nonce, reply.status, text));
    const by = sign(null, bytes, stub.answerKey ?? keys.portal).toString('base64url');
    response.writeHead(reply.status, { 'counterfoil-signature': by }).end(text);
  });
  function answer(call: CardCall, content: SubmitCall & ResultCall & KeypadReport): Reply | null {
    if (call === 'keypad') {
      stub.reports.push(content);
      return stub.onReport ? stub.onReport(content) : { status: 200, body: { keep: true } };
    }
    if (call === 'submit') {
      stub.submits.push(content);
      return stub.onSubmit ? stub.onSubmit(content) : submit(stub, content);
    }
    stub.results.push(content);
    if (stub.onResult) return stub.onResult(content);
    return { status: 200, body: { attempt: content.attempt, state: stateFor(content) } };
  }
  const stub: PortalStub = { ...(await listen(server)), submits: [], results: [], reports: [], grant: {} };
  return stub;
}

export type GatewayStub = Wire & {
  requests: { key: string; bearer: string; body: string }[];
  /** The `traceparent` of each. */
  traces: (string | undefined)[];
  respond: (response: ServerResponse, body: Record<string, unknown>) => void;
};

/** The payment a gateway answers with when all goes well. */
export const paymentFor = (body: Record<string, unknown>, changes: object = {}) => ({
  id: 'gw_1',
  reference: body.reference,
  amountMinor: body.amountMinor,
  currency: body.currency,
  status: 'captured',
  ...changes,
});

export async function startGateway(): Promise<GatewayStub> {
  const server = createServer(async (message, response) => {
    const body = await textOf(message);
    const { 'idempotency-key': key, authorization, traceparent } = message.headers;
    stub.traces.push([traceparent].flat()[0]);
    stub.requests.push({ key: String(key), bearer: String(authorization), body });
    stub.respond(response, JSON.parse(body));
  });
  const stub: GatewayStub = {
    ...(await listen(server)),
    requests: [],
    traces: [],
    respond: (response, body) => response.end(JSON.stringify(paymentFor(body))),
  };
  return stub;
}

export type World = {
  card: Wire;
  portal: PortalStub;
  gateway: GatewayStub;
  log: LogLine[];
  /** The portal's to sign with, the card process's to check. */
  keys: { portal: KeyObject; card: KeyObject };
  ticket: (changes?: Partial<CardTicket>) => string;
  drain: () => Promise<void>;
  close: () => Promise<void>;
};

/** All three, each on a port of its own. The card server believes to be at CARD_ORIGIN. */
export async function startWorld(
  options: {
    bodyTimeoutMs?: number;
    drain?: DrainTimes;
    keypad?: Partial<KeypadLimits>;
    frameScript?: string;
  } = {},
): Promise<World> {
  const portalKeys = newKeys();
  const cardKeys = newKeys();
  const gateway = await startGateway();
  const portal = await startPortal(
    { portal: portalKeys.privateKey, card: cardKeys.publicKey },
    gateway.origin,
  );
  const config: CardConfig = {
    host: '127.0.0.1',
    port: 0,
    cardOrigin: CARD_ORIGIN,
    callbackUrl: CARD_ORIGIN,
    portalUrl: portal.origin,
    parentOrigins: [PARENT, 'http://other.example'],
    challengeOrigins: [BANK],
    ticketKeys: [portalKeys.publicKey],
    signingKey: cardKeys.privateKey,
    frameScriptPath: null,
    watchParent: false,
  };
  const log: LogLine[] = [];
  const { frameScript = 'void 0', ...rest } = options;
  const { server, drain } = createCardServer(config, frameScript, { ...rest, log: (line) => log.push(line) });
  const card = await listen(server);
  const close = async () => void (await Promise.all([card, portal, gateway].map((wire) => wire.close())));
  const keys = { portal: portalKeys.privateKey, card: cardKeys.publicKey };
  return { card, portal, gateway, log, keys, ticket: (c) => signedTicket(keys.portal, c), drain, close };
}

export const cardBody = (
  ticket: string,
  changes: { number?: string; csc?: string; name?: string } = {},
): string =>
  [
    ticket,
    changes.number ?? PAN,
    '12',
    '2031',
    changes.csc ?? '123',
    changes.name ?? 'Ada "Quote" Łovelace',
  ].join('\n');

export type Answered = { status: number; headers: IncomingMessage['headers']; body: string };

/** One request, with any headers (the browser's own too, which fetch would not send). */
export function ask(
  wire: Wire,
  path: string,
  { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: object; body?: string } = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const call = request(
      `${wire.origin}${path}`,
      { method, headers: { ...headers }, agent: false },
      async (answer) => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: await textOf(answer) });
      },
    );
    call.on('error', reject).end(body);
  });
}

export const CARD_HEADERS = {
  origin: CARD_ORIGIN,
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/x-counterfoil-card',
  'counterfoil-parent': PARENT,
};

export async function postCard(world: World, body: string, headers: object = {}) {
  const all = { ...CARD_HEADERS, ...headers };
  const { status, body: text } = await ask(world.card, '/authorize', { method: 'POST', headers: all, body });
  return { status, body: JSON.parse(text) as Record<string, unknown> };
}
