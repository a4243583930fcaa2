import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { listOpenAlerts } from '@/db/queries/alerts';
import { setClock } from '@/db/testing';
import type { Json } from '@/sandbox/testing';
import {
  books,
  control,
  fault,
  issue,
  type MoneyHouse,
  moneyHouse,
  pay,
  submit,
  truth,
  unwrap,
} from '../gateways/testing';
import { testHouse } from '../testing';
import { resolveAttempt } from '.';

const DEADLINE_SECONDS = 41;
const DAY_SECONDS = 86_400;
let house: MoneyHouse;
beforeAll(async () => {
  house = await moneyHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

const resolve = async (attempt: string) => unwrap(await resolveAttempt(house.as('system'), attempt));

describe('"not found" closes an attempt in three steps, and not before', () => {
  test('step 1: before the last moment that the card could have been sent, nothing is fenced', async () => {
    const link = await issue(house);
    const { attempt, send, record } = await submit(house, link);
    expect(await resolve(attempt)).toBe('submitted');
    const answer = await send();
    expect(answer).toMatchObject({ kind: 'authorized', captured: true });
    unwrap(await record(answer));
    expect((await books(house, link)).link.status).toBe('paid');
  });

  test('step 2: after it the reference is fenced, and a charge that comes later is refused', async () => {
    const link = await issue(house);
    const { attempt, send, record } = await submit(house, link);
    await setClock(house.services.db, DEADLINE_SECONDS);
    expect(await resolve(attempt)).toBe('abandoned');
    const late = await send();
    expect(late).toEqual({ kind: 'failed', reason: 'fenced' });
    expect(unwrap(await record(late))).toMatchObject({ state: 'abandoned' });
    expect(await truth(house, attempt)).toEqual([]);
    expect((await books(house, link)).link.status).toBe('active');
  });

  test('step 2 not taken: a fence that cannot be put up leaves it open', async () => {
    const { attempt } = await submit(house, await issue(house));
    await fault(house, 'void_by_reference', 'refuse', attempt);
    await setClock(house.services.db, DEADLINE_SECONDS);
    expect(await resolve(attempt)).toBe('submitted');
    expect(await resolve(attempt)).toBe('abandoned');
  });

  test('step 3: the second read must agree; money that it finds is taken, and no answer leaves it open', async () => {
    const VISA = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2031 };
    const gateway = { fences: 0, secondRead: 'broken' as 'broken' | 'captured' };
    const server = createServer(async (request, response) => {
      let text = '';
      for await (const part of request) text += part;
      const reference = new URL(request.url ?? '/', 'http://gateway').searchParams.get('reference');
      const payment = {
        id: 'gw_1',
        reference,
        amountMinor: 1240,
        currency: 'GBP',
        status: 'captured',
        ...VISA,
      };
      const isFence = request.method === 'POST';
      const isSecond = !isFence && gateway.fences > 0;
      if (isFence) gateway.fences += 1;
      const data = isSecond && gateway.secondRead === 'captured' ? [payment] : [];
      response.writeHead(isSecond && gateway.secondRead === 'broken' ? 500 : 200);
      response.end(JSON.stringify(isFence ? { fenced: true, payment: null } : { data }));
      if (isSecond) gateway.fences = 0;
      expect(text.length).toBeLessThan(1000);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const own = await testHouse({ sandboxUrl: `http://127.0.0.1:${port}` });
    try {
      const link = await issue(own);
      const { attempt } = await submit(own, link);
      await setClock(own.services.db, DEADLINE_SECONDS);
      expect(unwrap(await resolveAttempt(own.as('system'), attempt))).toBe('submitted');
      gateway.secondRead = 'captured';
      expect(unwrap(await resolveAttempt(own.as('system'), attempt))).toBe('succeeded');
      expect(await books(own, link)).toMatchObject({ link: { status: 'paid' }, ledger: ['payment 1240'] });
    } finally {
      await own.close();
      server.close();
    }
  });
});

test('unknown for a day: an operator is told once, it stays unknown and locked, and the truth still ends it', async () => {
  const link = await issue(house);
  const { attempt, state } = await pay(house, link, { number: '4000000000000341' });
  expect(state).toBe('unknown');
  await fault(house, 'read', 'refuse', attempt, { times: 4 });
  const alerts = async () => {
    const all = await listOpenAlerts(house.services.db, house.merchantId, 100);
    return all.filter(({ subject }) => subject === attempt).map(({ kind }) => kind);
  };
  await setClock(house.services.db, DAY_SECONDS - 60);
  expect(await resolve(attempt)).toBe('unknown');
  expect(await alerts()).toEqual([]);
  await setClock(house.services.db, DAY_SECONDS + 60);
  for (let i = 0; i < 2; i++) expect(await resolve(attempt)).toBe('unknown');
  expect(await alerts()).toEqual(['unknown_attempt']);
  await setClock(house.services.db, 60 * DAY_SECONDS);
  expect(await resolve(attempt)).toBe('unknown');
  expect((await books(house, link)).link.status).toBe('processing');
  expect(await resolve(attempt)).toBe('succeeded');
  const [row] = await house.database
    .sql`select count(*) as open from payment_attempts where operator_since is not null`;
  expect(row?.open).toBe('0');
});

test('payers have the gateway read about once a second, however often they ask, and then are told the truth', async () => {
  const { attempt, send } = await submit(house, await issue(house));
  const ask = async () => unwrap(await resolveAttempt(house.as('payer'), attempt));
  await send();
  const { id } = await fault(house, 'read', 'refuse', attempt, { times: 100 });
  expect(new Set(await Promise.all(Array.from({ length: 20 }, ask)))).toEqual(new Set(['submitted']));
  const { data } = await control(house, 'GET', 'faults');
  expect((data as Json[]).find((one) => one.id === id)?.fired).toBeLessThanOrEqual(2);
  await control(house, 'DELETE', `faults/${id}`);
  expect(await ask()).toBe('succeeded');
});
