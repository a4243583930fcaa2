/** Who may speak to a capture, and what is answered to everybody else. */
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, newKeys, startWorld, type World } from '../testing';
import { readKey } from './digits';
import { CAPTURE, Line, SECRET, SESSION, until } from './testing';

let world: World;
let line: Line;
beforeEach(async () => {
  world = await startWorld({ bodyTimeoutMs: 300, keypad: { mostOpen: 3 } });
  line = new Line(world);
});
afterEach(() => world.close());

const opening = (changes: object = {}) => ({
  capture: CAPTURE,
  session: SESSION,
  order: 1,
  source: { kind: 'sandbox', secret: SECRET },
  ...changes,
});

describe('opening', () => {
  test('says where everything else goes, and the same capture again says the same', async () => {
    const first = await line.send('open', opening());
    expect(first.status).toBe(201);
    expect(JSON.parse(first.body)).toEqual({
      capture: CAPTURE,
      callback: `http://card.example/keypad/captures/${CAPTURE}`,
    });
    const again = await line.send('open', opening());
    expect(again).toMatchObject({ status: 200, body: first.body });
    await line.told('card_number', ({ state }) => state === 'idle');
    expect(line.newest).toMatchObject({ session: SESSION, count: 1, active: null, brand: null, ended: null });
  });

  test.each([{ session: 'psess_other' }, { source: { kind: 'sandbox', secret: 'another' } }])(
    'an open capture is not taken over by %j',
    async (changes) => {
      await line.open();
      expect((await line.send('open', opening({ order: 9, ...changes }))).status).toBe(409);
      expect((await line.key('1')).status).toBe(200);
    },
  );

  test.each([
    { capture: '../x' },
    { capture: 7 },
    { session: '' },
    { order: 1.5 },
    { source: null },
    { source: { kind: 'other', secret: 'x' } },
    { source: { kind: 'sandbox', secret: '' } },
  ])('%j is no opening', async (changes) => {
    expect((await line.send('open', opening(changes))).status).toBe(400);
  });

  test('there are only so many at once; one that has ended makes room', async () => {
    const lines = ['a', 'b', 'c', 'd'].map((name) => new Line(world, name));
    const [first, , , last] = lines as [Line, Line, Line, Line];
    for (const one of lines.slice(0, 3)) expect((await one.open()).status).toBe(201);
    expect(await last.open()).toEqual({ status: 429, code: 'rate_limited' });
    await first.close();
    expect((await last.open()).status).toBe(201);
  });
});

describe('a call of the portal', () => {
  beforeEach(() => line.open());

  test('unsigned, signed by another, for another act or with another body is refused and told nothing', async () => {
    const asked = { capture: CAPTURE, order: 2, field: 'expiry' };
    const answers = [
      await ask(world.card, `${line.path}/field`, { method: 'POST', body: JSON.stringify(asked) }),
      await line.send('field', asked, { key: newKeys().privateKey }),
      await line.send('field', asked, { signedAs: 'close' }),
      await line.send('close', asked, { path: '/keypad/open' }),
      await line.send('field', { ...asked, capture: 'unknown' }, { key: newKeys().privateKey }),
    ];
    for (const { status, body, headers } of answers) {
      expect(status).toBe(401);
      expect(body).toBe(answers[0]?.body);
      expect(headers['counterfoil-signature']).toBeUndefined();
    }
    expect((await line.send('field', asked)).status).toBe(200);
  });

  test('that is not above the last is refused, also when it is sent a second time', async () => {
    const asked = { capture: CAPTURE, order: 5, field: 'card_number' };
    expect((await line.send('field', asked)).status).toBe(200);
    await line.keys('42');
    expect(await line.send('field', asked)).toMatchObject({ status: 409 });
    line.order = 3;
    expect(await line.ask('expiry')).toEqual({ status: 409, code: 'conflict' });
    await line.told('card_number', ({ digits }) => digits === 2);
    expect(line.newest?.active).toBe('card_number');
  });

  test('about a capture that is not here is not found; one in other words than its path is refused', async () => {
    const other = new Line(world, 'pcap_other');
    expect(await other.ask('expiry')).toEqual({ status: 404, code: 'not_found' });
    const path = `/keypad/captures/pcap_other/field`;
    const crossed = await line.send('field', { capture: CAPTURE, order: 2, field: 'expiry' }, { path });
    expect(crossed.status).toBe(400);
    expect((await line.call('field', { field: 'name' })).status).toBe(400);
    expect((await line.call('submit', { ticket: 'no ticket' })).status).toBe(400);
    expect(await line.submit()).toEqual({ status: 409, code: 'session_not_ready' });
  });

  test('has its method, its path, and at most 4 kB', async () => {
    const big = await line.send('field', { capture: CAPTURE, order: 2, field: 'x'.repeat(5_000) });
    expect(big.status).toBe(413);
    expect((await ask(world.card, '/keypad/open')).status).toBe(405);
    const post = { method: 'POST' };
    for (const path of ['/keypad', '/keypad/field', '/keypad/digits', `${line.path}/open`, `${line.path}/x`])
      expect((await ask(world.card, path, post)).status).toBe(404);
  });
});

describe('a key of the caller', () => {
  beforeEach(async () => {
    await line.open();
    await line.ask('card_number');
  });

  test('that is not proved by the secret of its capture is refused', async () => {
    expect((await line.key('4', { secret: 'another' })).status).toBe(401);
    const bare = await ask(world.card, `${line.path}/digits`, { method: 'POST', body: '{}' });
    expect(bare.status).toBe(401);
    expect(line.newest?.fields.card_number.digits).toBe(0);
  });

  test('to a capture that is not here goes nowhere, and the provider is told', async () => {
    expect((await new Line(world, 'pcap_other').key('4')).status).toBe(404);
    await line.close();
    expect((await line.key('4')).status).toBe(404);
  });

  test('that comes twice or late is one digit; a gap is passed over', async () => {
    await line.key('4', { order: 1 });
    await line.key('4', { order: 1 });
    await line.key('2', { order: 7 });
    expect((await line.key('9', { order: 6 })).status).toBe(200);
    await line.told('card_number', ({ digits }) => digits >= 2);
    await sleep(150);
    expect(line.newest?.fields.card_number).toEqual({ state: 'capturing', digits: 2, error: null });
  });

  test.each([
    '{"call":"c","order":1,"key":"42"}',
    '{"call":"c","order":1,"key":"a"}',
    '{"order":1,"key":"4"}',
  ])('%s is none', async (body) => {
    const mac = createHmac('sha256', SECRET).update(body).digest('hex');
    const headers = { 'x-phone-signature': `sha256=${mac}` };
    const answer = await ask(world.card, `${line.path}/digits`, { method: 'POST', headers, body });
    expect(answer.status).toBe(400);
  });
});

test('a key is read as a byte, and is gone from the body before that becomes text', () => {
  const read = (text: string) => {
    const body = Buffer.from(text);
    return { read: readKey(body), left: body.toString() };
  };
  expect(read('{"call":"c","order":3,"key":"7"}')).toEqual({
    read: { key: 55, order: 3 },
    left: '{"call":"c","order":3,"key":"0"}',
  });
  expect(read('{ "key" :\n"#", "order": 3, "call": "c" }').read).toEqual({ key: 35, order: 3 });
  for (const text of [
    '{"call":"c","order":3,"key":7}',
    '{"call":"c","order":3,"key":"7","key":"8"}',
    '{"call":{"key":"7"},"order":3}',
    '{"call":"c","order":"3","key":"7"}',
    '{"call":"c","order":3,"key":"\\u0037"}',
    '"key":"7"',
    '"key"',
    '',
  ])
    expect(read(text).read).toBeNull();
});

test('what a log line says of a path holds no id', async () => {
  await line.open();
  await line.ask('expiry');
  await line.key('1');
  await line.submit();
  await line.close();
  await until(() => world.log.length === 5);
  expect(world.log.map(({ route, status }) => [route, status])).toEqual([
    ['/keypad/open', 201],
    ['/keypad/field', 200],
    ['/keypad/digits', 200],
    ['/keypad/submit', 409],
    ['/keypad/close', 200],
  ]);
});
