import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from './server';
import {
  authorize,
  caller,
  charge,
  dataOf,
  fresh,
  type Json,
  testDirectory,
  testEnv,
  testPortal,
  testSandbox,
} from './testing';

let portal: Awaited<ReturnType<typeof testPortal>>;
let box: Awaited<ReturnType<typeof testSandbox>>;
beforeAll(async () => {
  portal = await testPortal();
  box = await testSandbox({ portalUrl: portal.url });
});
afterAll(async () => {
  await box.stop();
  portal.close();
});

const told = (number: string, more: Json = {}) => charge(number, { account: 'prof_one', ...more });
const fault = (reference: string, more: Json) =>
  box.call('POST', '/control/faults', { target: 'gateway_webhooks', match: { reference }, ...more });
const quiet = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('every change of a payment is told', () => {
  const outcomes: [string, string, Json?][] = [
    ['4242424242424242', 'payment.captured'],
    ['4242424242424242', 'payment.authorized', { capture: false }],
    ['4000000000000002', 'payment.declined'],
    ['4000000000000119', 'payment.failed'],
    ['4000002500003155', 'payment.requires_action'],
  ];
  test.each(outcomes)('%s: %s %j', async (number, type, more = {}) => {
    const body = told(number, more);
    const answer = await authorize(box.call, body);
    const [notice] = await portal.come(body.reference, 1);
    expect(notice).toMatchObject({ verified: true, path: '/api/inbound/gateways/prof_one' });
    expect(notice?.body).toEqual({ id: notice?.id, type, createdAt: expect.any(String), data: answer.body });
    expect(notice?.text).not.toContain(number);
    expect(answer.body).toMatchObject({
      account: 'prof_one',
      capturedMinor: type === 'payment.captured' ? 1240 : 0,
      refundedMinor: 0,
    });
  });

  test('a hold captured, a hold voided, a bank check accepted', async () => {
    const [first, second, third] = [
      told('4242424242424242'),
      told('4242424242424242'),
      told('4000002500003155'),
    ];
    const hold = async (body: typeof first) =>
      (await authorize(box.call, { ...body, capture: false })).body.id;
    await box.call('POST', `/gateway/payments/${await hold(first)}/capture`);
    await box.call('POST', `/gateway/payments/${await hold(second)}/void`);
    const { id } = (await authorize(box.call, third)).body;
    await box.call('POST', `/acs/${id}`, 'answer=accept');
    const sorted = async (reference: string) => {
      await portal.come(reference, 2);
      return portal.typesOf(reference).sort();
    };
    expect(await sorted(first.reference)).toEqual(['payment.authorized', 'payment.captured']);
    expect(await sorted(second.reference)).toEqual(['payment.authorized', 'payment.voided']);
    expect(await sorted(third.reference)).toEqual(['payment.captured', 'payment.requires_action']);
  });

  test('nothing new is told when nothing changed', async () => {
    const body = told('4242424242424242');
    const { id } = (await authorize(box.call, body)).body;
    await authorize(box.call, body);
    await box.call('POST', `/gateway/payments/${id}/capture`);
    await box.call('POST', '/gateway/void-by-reference', { reference: body.reference });
    await portal.come(body.reference, 1);
    await quiet(150);
    expect(portal.typesOf(body.reference)).toEqual(['payment.captured']);
  });

  test('a challenge that nobody answers is told as expired when its time is over', async () => {
    const own = await testSandbox({ portalUrl: portal.url });
    await own.call('PUT', '/control/settings', { challengeSeconds: 1 });
    const body = told('4000002500003155');
    const { id } = (await authorize(own.call, body)).body;
    const [, notice] = await portal.come(body.reference, 2);
    expect(notice?.body).toMatchObject({ type: 'payment.expired', data: { id, status: 'expired' } });
    await own.stop();
  });

  test('a payment without an account is not told about', async () => {
    const body = charge('4242424242424242');
    await authorize(box.call, body);
    await quiet(150);
    expect(portal.of(body.reference)).toEqual([]);
  });
});

describe('refunds are told', () => {
  const paid = async () => {
    const body = told('4242424242424242', { amountMinor: 10_000 });
    const { id } = (await authorize(box.call, body)).body;
    await portal.come(body.reference, 1);
    return { id, paymentReference: body.reference };
  };
  test.each([
    [1000, ['refund.succeeded']],
    [1013, ['refund.pending', 'refund.succeeded']],
    [1017, ['refund.pending', 'refund.failed']],
    [1019, ['refund.failed']],
  ])('%i: %j', async (amountMinor, types) => {
    const { id, paymentReference } = await paid();
    const reference = fresh('re');
    const answer = await box.call('POST', `/gateway/payments/${id}/refunds`, { amountMinor, reference });
    const [, ...notices] = await portal.come(paymentReference, types.length + 1);
    expect(notices.map(({ body }) => body.type)).toEqual(types);
    const data = { payment: id, paymentReference, reference, amountMinor, currency: 'GBP' };
    expect(notices[0]?.body.data).toEqual(answer.body);
    for (const { body } of notices)
      expect(body.data).toMatchObject({ ...data, status: body.type.replace('refund.', '') });
  });
});

describe('delivery', () => {
  test('it is repeated with the same id and bytes until a 2xx', async () => {
    const body = told('4242424242424242');
    portal.refuse(body.reference, 2);
    await authorize(box.call, body);
    const notices = await portal.come(body.reference, 3);
    expect(notices.map(({ answered }) => answered)).toEqual([503, 503, 204]);
    expect(new Set(notices.map(({ id, text }) => id + text)).size).toBe(1);
    await quiet(300);
    expect(portal.of(body.reference)).toHaveLength(3);
  });

  test('delay, duplicate, lose, garble', async () => {
    const [late, twice, never, broken] = Array.from({ length: 4 }, () => told('4242424242424242'));
    if (!late || !twice || !never || !broken) throw new Error('four');
    await fault(late.reference, { kind: 'delay', delayMs: 400 });
    await fault(twice.reference, { kind: 'duplicate', operation: 'payment' });
    await fault(never.reference, { kind: 'lose' });
    await fault(broken.reference, { kind: 'garble' });
    await Promise.all([late, twice, never, broken].map((body) => authorize(box.call, body)));
    await quiet(100);
    expect(portal.of(late.reference)).toEqual([]);
    await portal.come(late.reference, 1);
    const [one, two] = await portal.come(twice.reference, 2);
    expect(two?.text).toBe(one?.text);
    const [bad, good] = await portal.come(broken.reference, 2);
    expect([bad?.verified, bad?.body.data.amountMinor]).toEqual([false, 1241]);
    expect([good?.verified, good?.body.data.amountMinor, good?.id]).toEqual([true, 1240, bad?.id]);
    expect(portal.of(never.reference)).toEqual([]);
  });

  test('reorder: held until the next of the same payment was told, or two seconds', async () => {
    const [swapped, alone] = [told('4242424242424242', { capture: false }), told('4242424242424242')];
    for (const { reference } of [swapped, alone]) await fault(reference, { kind: 'reorder' });
    const { id } = (await authorize(box.call, swapped)).body;
    await authorize(box.call, alone);
    await quiet(100);
    expect(portal.of(swapped.reference)).toEqual([]);
    await box.call('POST', `/gateway/payments/${id}/capture`);
    await portal.come(swapped.reference, 2);
    expect(portal.typesOf(swapped.reference)).toEqual(['payment.captured', 'payment.authorized']);
    expect(portal.of(alone.reference)).toEqual([]);
    await portal.come(alone.reference, 1);
  });

  test.each([
    [{ kind: 'refuse' }, 'makes no sense'],
    [{ kind: 'reset_after' }, 'makes no sense'],
    [{ kind: 'lose', operation: 'authorize' }, 'one of payment, refund, dispute'],
  ])('a senseless fault is refused with the reason: %j', async (more, reason) => {
    const answer = await fault('any', more);
    expect([answer.status, String(answer.body.message)]).toEqual([422, expect.stringContaining(reason)]);
  });
});

describe('over a restart', () => {
  const open = async (dataDir: string, more: Json = {}, now?: () => Date) => {
    const sandbox = await startSandbox({ ...testEnv(dataDir, portal.url), ...more }, () => undefined, now);
    return { ...sandbox, call: caller(sandbox.port) };
  };

  test('what was not told, and what was to come, is taken up; what was told or lost is not', async () => {
    const directory = await testDirectory();
    const first = await open(directory.path);
    await first.call('PUT', '/control/settings', { challengeSeconds: 1 });
    const [waiting, lost, done, check] = [
      '4242424242424242',
      '4242424242424242',
      '4242424242424242',
      '4000002500003155',
    ].map((number) => told(number));
    if (!waiting || !lost || !done || !check) throw new Error('four');
    portal.refuse(waiting.reference, 1);
    await first.call('POST', '/control/faults', {
      target: 'gateway_webhooks',
      match: { reference: lost.reference },
      kind: 'lose',
    });
    await Promise.all([waiting, lost, done, check].map((body) => authorize(first.call, body)));
    await portal.come(waiting.reference, 1);
    await portal.come(done.reference, 1);
    await portal.come(check.reference, 1);
    await first.stop();
    const second = await open(directory.path);
    await portal.come(waiting.reference, 2);
    await portal.come(check.reference, 2);
    expect(portal.typesOf(check.reference)).toEqual(['payment.requires_action', 'payment.expired']);
    expect([portal.of(done.reference).length, portal.of(lost.reference).length]).toEqual([1, 0]);
    await second.stop();
    await directory.remove();
  });

  test('after an hour, or without a secret, nothing is sent; a reset of the ledger forgets it', async () => {
    const directory = await testDirectory();
    const first = await open(directory.path);
    const [old, cleared, secretless] = Array.from({ length: 3 }, () => told('4242424242424242'));
    if (!old || !cleared || !secretless) throw new Error('three');
    portal.refuse(old.reference, 1);
    await authorize(first.call, old);
    await portal.come(old.reference, 1);
    await first.stop();
    const second = await open(directory.path, {}, () => new Date(Date.now() + 3_700_000));
    portal.refuse(cleared.reference, 1);
    await authorize(second.call, cleared);
    await portal.come(cleared.reference, 1);
    await second.call('POST', '/control/reset', { parts: ['ledger'] });
    await quiet(600);
    expect([portal.of(old.reference).length, portal.of(cleared.reference).length]).toEqual([1, 1]);
    await second.stop();
    const third = await open(directory.path, { gatewayWebhookSecret: null });
    await authorize(third.call, secretless);
    await quiet(150);
    expect(portal.of(secretless.reference)).toEqual([]);
    await third.stop();
    await directory.remove();
  });

  test('a journal of before, without captured amounts, is read as it was meant', async () => {
    const directory = await testDirectory();
    const first = await open(directory.path);
    const body = charge('4242424242424242');
    const { id } = (await authorize(first.call, body)).body;
    await first.stop();
    const path = join(directory.path, 'ledger.jsonl');
    const lines = JSON.parse(await readFile(path, 'utf8')) as { payment: Json }[];
    for (const { payment } of lines) {
      delete payment.capturedMinor;
      delete payment.capturedAt;
    }
    await writeFile(path, `${JSON.stringify(lines)}\n`);
    const second = await open(directory.path);
    expect((await second.call('GET', `/gateway/payments/${id}`)).body).toMatchObject({ capturedMinor: 1240 });
    expect(dataOf(await second.call('GET', '/control/ledger'))).toHaveLength(1);
    await second.stop();
    await directory.remove();
  });
});
