import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GatewayResult } from '@/core/payment-attempt';
import { ATTEMPT, cardBody, paymentFor, postCard, startWorld, type World } from './testing';
import { post } from './wire';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

type Body = Record<string, unknown>;
const says = (status: number, value: unknown) => (response: ServerResponse) =>
  void response.writeHead(status).end(typeof value === 'string' ? value : JSON.stringify(value));
const pays = (changes: object) => (response: ServerResponse, body: Body) =>
  void response.end(JSON.stringify(paymentFor(body, changes)));

type Case = [string, (response: ServerResponse, body: Body) => void, Partial<GatewayResult>, string];
const unknown = (reason: string): GatewayResult => ({ kind: 'unknown', reason });
const failed = (reason: string): GatewayResult => ({ kind: 'failed', reason });

const cases: Case[] = [
  ['authorized', pays({ status: 'authorized' }), { kind: 'authorized', captured: false }, 'authorized'],
  ['captured', pays({}), { kind: 'authorized', captured: true }, 'authorized'],
  [
    'declined',
    pays({ status: 'declined', declineCode: 'insufficient_funds' }),
    { kind: 'declined', declineCode: 'insufficient_funds' },
    'declined',
  ],
  [
    'declined for a reason we do not know',
    pays({ status: 'declined', declineCode: 'mercury' }),
    { kind: 'declined', declineCode: 'generic_decline' },
    'declined',
  ],
  [
    'processor error',
    pays({ status: 'failed', declineCode: 'processor_error' }),
    failed('processor_error'),
    'failed',
  ],
  ['fenced', says(409, { code: 'fenced' }), failed('fenced'), 'failed'],
  ['invalid', says(400, { code: 'invalid' }), failed('refused'), 'failed'],
  [
    'key used with another body',
    says(422, { code: 'idempotency_mismatch' }),
    unknown('status_422'),
    'unknown',
  ],
  ['in flight', says(409, { code: 'idempotency_in_flight' }), unknown('status_409'), 'unknown'],
  ['500', says(500, { code: 'fenced' }), unknown('status_500'), 'unknown'],
  ['503', says(503, ''), unknown('status_503'), 'unknown'],
  ['redirect', says(302, ''), unknown('status_302'), 'unknown'],
  ['garbled', says(200, '{"id": "gw_1", "sta'), unknown('garbled'), 'unknown'],
  ['not an object', says(200, '"ok"'), unknown('garbled'), 'unknown'],
  ['huge', says(200, 'x'.repeat(70_000)), unknown('garbled'), 'unknown'],
  ['unheard-of status', pays({ status: 'voided' }), unknown('garbled'), 'unknown'],
  ['other amount', pays({ amountMinor: 1241 }), unknown('mismatch'), 'unknown'],
  ['other currency', pays({ currency: 'USD' }), unknown('mismatch'), 'unknown'],
  ['other reference', pays({ reference: 'pay_other' }), unknown('mismatch'), 'unknown'],
  ['reset without answer', (response) => void response.destroy(), unknown('reset'), 'unknown'],
  [
    'reset in the middle of the answer',
    (response) => {
      response.writeHead(200, { 'content-length': '500' }).write('{"id":');
      setTimeout(() => response.destroy(), 20);
    },
    unknown('reset'),
    'unknown',
  ],
];

describe('only a clear refusal is failed; whatever leaves room for a charge is unknown; nothing is sent twice', () => {
  test.each(cases)('%s', async (_name, respond, result, state) => {
    world.gateway.respond = respond;
    expect((await postCard(world, cardBody(world.ticket()))).body).toEqual({ state });
    expect(world.portal.results).toHaveLength(1);
    expect(world.portal.results[0]?.result).toMatchObject(result);
    expect(world.gateway.requests).toHaveLength(1);
  });

  test.each(['http://127.0.0.1:1', 'http://nowhere.invalid'])(
    'no connection to %s is provably not sent',
    async (url) => {
      world.portal.grant = { gateway: { kind: 'sandbox', url, apiKey: 'k', account: 'prof_1' } };
      expect((await postCard(world, cardBody(world.ticket()))).body).toEqual({ state: 'failed' });
      expect(world.portal.results[0]?.result).toEqual(failed('not_sent'));
    },
  );

  test('a gateway that stays silent is unknown when the process must stop waiting', async () => {
    world.gateway.respond = () => {};
    await world.close();
    world = await startWorld({ drain: { chargingMs: 50, reportingMs: 2_000 } });
    world.gateway.respond = () => void setTimeout(() => void world.drain(), 10);
    expect((await postCard(world, cardBody(world.ticket()))).body).toEqual({ state: 'unknown' });
    expect(world.portal.results.map((call) => call.result)).toEqual([unknown('timeout')]);
    expect(world.portal.results[0]?.attempt).toBe(ATTEMPT);
  });
});

describe('an exchange', () => {
  const sending = () => ({
    url: new URL(world.gateway.origin),
    headers: {},
    body: Buffer.from('{}'),
    maxAnswerBytes: 100,
    signal: new AbortController().signal,
  });

  test('ends with its budget as lost, and says when its body has left', async () => {
    world.gateway.respond = () => {};
    let flushed = 0;
    const started = performance.now();
    const onFlushed = () => {
      flushed ||= performance.now() - started;
    };
    const exchange = await post({ ...sending(), budgetMs: 300, onFlushed });
    expect(exchange).toEqual({ kind: 'lost', reason: 'timeout' });
    expect(flushed).toBeGreaterThan(0);
    expect(flushed).toBeLessThan(250);
  });

  test('past its send window writes nothing', async () => {
    const exchange = await post({ ...sending(), budgetMs: 1_000, sendBefore: performance.now() - 1 });
    expect(exchange).toEqual({ kind: 'not_sent' });
    expect(world.gateway.requests).toHaveLength(0);
  });
});
