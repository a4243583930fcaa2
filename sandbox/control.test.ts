import { request } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authorize, charge, dataOf, fresh, type Json, testSandbox, WHSEC } from './testing';

let box: Awaited<ReturnType<typeof testSandbox>>;
beforeAll(async () => {
  box = await testSandbox();
});
afterAll(() => box.stop());

const fault = (body: Json) => box.call('POST', '/control/faults', body);
const statusesOf = async (reference: string) =>
  dataOf(await box.call('GET', `/control/ledger?reference=${reference}`)).map((entry) => entry.status);

describe('gateway faults', () => {
  const hit = async (kind: string, more: Json = {}) => {
    const body = charge('4242424242424242');
    const match = { reference: body.reference };
    expect((await fault({ target: 'gateway', operation: 'authorize', match, kind, ...more })).status).toBe(
      201,
    );
    return { body, answer: authorize(box.call, body) };
  };

  test.each<[string, number, Json?]>([
    ['refuse', 503],
    ['refuse', 500, { status: 500 }],
  ])('%s answers %i and does nothing', async (kind, status, more = {}) => {
    const { body, answer } = await hit(kind, more);
    expect((await answer).status).toBe(status);
    expect(await statusesOf(body.reference)).toEqual([]);
  });

  test('reset_before does nothing, reset_after and drop_answer have charged; none is answered', async () => {
    for (const [kind, left] of [
      ['reset_before', []],
      ['reset_after', ['captured']],
    ] as const) {
      const { body, answer } = await hit(kind);
      await expect(answer).rejects.toThrow();
      expect(await statusesOf(body.reference)).toEqual(left);
    }
    const { body, answer } = await hit('drop_answer', { delayMs: 80 });
    await expect(answer).rejects.toThrow();
    expect(await statusesOf(body.reference)).toEqual(['captured']);
  });

  test('error_after has charged and says 500; garble says 200 with broken JSON', async () => {
    const error = await hit('error_after');
    expect((await error.answer).status).toBe(500);
    expect(await statusesOf(error.body.reference)).toEqual(['captured']);
    const garble = await hit('garble');
    await expect(garble.answer).rejects.toThrow(SyntaxError);
    expect(await statusesOf(garble.body.reference)).toEqual(['captured']);
  });

  test('a fault hits as often as it was told, only what it matches, and not once it was taken away', async () => {
    const reference = fresh('pay');
    const read = () => box.call('GET', `/gateway/payments?reference=${reference}`);
    const made = await fault({
      target: 'gateway',
      operation: 'read',
      match: { reference },
      kind: 'refuse',
      times: 2,
    });
    expect((await box.call('GET', '/gateway/payments?reference=other')).status).toBe(200);
    expect([(await read()).status, (await read()).status, (await read()).status]).toEqual([503, 503, 200]);
    expect((await box.call('DELETE', `/control/faults/${made.body.id}`)).status).toBe(204);
    expect((await box.call('DELETE', `/control/faults/${made.body.id}`)).status).toBe(404);
  });

  test('a rate with a seed hits the same requests every time', async () => {
    const run = async () => {
      const reference = fresh('pay');
      await fault({
        target: 'gateway',
        operation: 'read',
        match: { reference },
        kind: 'refuse',
        rate: 0.5,
        seed: 7,
      });
      const seen: number[] = [];
      for (let i = 0; i < 20; i++)
        seen.push((await box.call('GET', `/gateway/payments?reference=${reference}`)).status);
      return seen.join();
    };
    const first = await run();
    expect(first).toContain('200');
    expect(first).toContain('503');
    expect(await run()).toBe(first);
  });

  test.each([
    [{ target: 'telephony', operation: 'digits', kind: 'reorder' }, 'no sense'],
    [{ target: 'gateway', kind: 'lose' }, 'makes no sense'],
    [{ target: 'smtp', kind: 'garble' }, 'makes no sense'],
    [{ target: 'gateway', operation: 'steal', kind: 'refuse' }, 'one of'],
    [{ target: 'gateway', kind: 'delay' }, 'delayMs'],
    [{ target: 'gateway', kind: 'refuse', match: { to: 'x' } }, 'has no to'],
    [{ target: 'gateway', kind: 'refuse', twice: true }, 'twice'],
  ])('a senseless fault is refused with the reason: %j', async (body, reason) => {
    const told = await fault(body);
    expect(told.status).toBe(422);
    expect(told.body.message).toContain(reason);
  });
});

describe('receiver', () => {
  const deliver = (name: string, body: string, secret = WHSEC) => {
    const at = new Date();
    return box.call('POST', `/receiver/${name}`, body, {
      'webhook-id': 'evt_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign('evt_1', at, body),
    });
  };
  const other = `whsec_${Buffer.from('another secret').toString('base64')}`;
  const receivedBy = async (name: string) => dataOf(await box.call('GET', `/control/receiver/${name}`));

  test('a good signature verifies, a bad one is answered 401, both are kept', async () => {
    expect((await deliver('good', '{"type":"test.ping"}')).status).toBe(200);
    expect((await deliver('good', '{"type":"test.ping"}', other)).status).toBe(401);
    expect((await box.call('POST', '/receiver/good', 'hello')).status).toBe(401);
    expect(await receivedBy('good')).toMatchObject([
      { verified: false, answered: 401, body: 'hello' },
      { verified: false, answered: 401 },
      { verified: true, answered: 200, body: { type: 'test.ping' }, headers: { 'webhook-id': 'evt_1' } },
    ]);
    const page = await box.call('GET', '/receiver/good');
    expect(page.body.text).toContain('not verified');
  });

  test('a receiver can be given its own secret, which a reset leaves in place', async () => {
    await box.call('PUT', '/control/receiver/own', { mode: 'ok', secret: other });
    expect((await deliver('own', '{}', other)).status).toBe(200);
    expect((await box.call('POST', '/control/reset', { parts: ['receivers'] })).status).toBe(204);
    expect(await receivedBy('own')).toEqual([]);
    expect((await deliver('own', '{}')).status).toBe(401);
  });

  test.each([
    [{ mode: 'fail' }, 500],
    [{ mode: 'fail', status: 503 }, 503],
    [{ mode: 'redirect' }, 302],
    [{ mode: 'gone' }, 410],
    [{ mode: 'slow', delayMs: 30 }, 200],
  ])('told %j it answers %i, once, and then 200 again', async (behaviour, status) => {
    const name = `told-${behaviour.mode}-${status}`;
    expect((await box.call('PUT', `/control/receiver/${name}`, { ...behaviour, times: 1 })).status).toBe(200);
    expect((await deliver(name, '{}')).status).toBe(status);
    expect((await deliver(name, '{}')).status).toBe(200);
  });

  test('told to hang it never answers', async () => {
    await box.call('PUT', '/control/receiver/hung', { mode: 'hang', delayMs: 50, times: 1 });
    await expect(deliver('hung', '{}')).rejects.toThrow();
    expect(await receivedBy('hung')).toMatchObject([{ answered: null, verified: true }]);
  });
});

/** Node's own client, because fetch sets Host and Origin itself. */
const statusWith = (path: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: box.port, path, headers }, (res) => {
      res.resume();
      resolve(res.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

test('control takes no order from a page of another origin or under another host name', async () => {
  expect(await statusWith('/control/inbox', {})).toBe(200);
  expect(await statusWith('/control/inbox', { origin: box.url })).toBe(200);
  expect(await statusWith('/control/inbox', { origin: 'https://evil.example' })).toBe(403);
  expect(await statusWith('/control/inbox', { host: 'evil.example' })).toBe(403);
});

test('a reset without parts, or of other parts, leaves the ledger alone', async () => {
  const body = charge('4242424242424242');
  await authorize(box.call, body);
  for (const parts of [[], ['inbox', 'faults', 'settings']])
    expect((await box.call('POST', '/control/reset', { parts })).status).toBe(204);
  expect(await statusesOf(body.reference)).toEqual(['captured']);
  expect((await box.call('POST', '/control/reset', { parts: ['everything'] })).status).toBe(422);
});

test('large bodies, wrong methods and unknown addresses are refused; every answer forbids sniffing', async () => {
  expect((await box.call('POST', '/control/reset', 'x'.repeat(70_000))).status).toBe(413);
  expect((await box.call('DELETE', '/control/inbox')).status).toBe(405);
  const none = await box.call('GET', '/nowhere');
  expect([none.status, none.headers.get('x-content-type-options')]).toEqual([404, 'nosniff']);
  expect((await box.call('POST', '/control/reset', '{')).status).toBe(400);
});

test('health, readiness and the landing page answer', async () => {
  expect((await box.call('GET', '/healthz')).body).toEqual({ status: 'ok' });
  expect((await box.call('GET', '/readyz')).status).toBe(200);
  const landing = (await box.call('GET', '/')).body.text;
  for (const told of ['4242 4242 4242 4242', '4000 0000 0000 0259', 'account_closed'])
    expect(landing).toContain(told);
});
