import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../testing';
import { ADA, type Asked, LookupTales, type MerchantSystem, merchantSystem, sendJson } from './testing';

const nested = (depth: number): object => (depth === 0 ? {} : { a: nested(depth - 1) });

let house: TestHouse;
let system: MerchantSystem;
let answer: (asked: Asked, response: ServerResponse) => void;
const tales = new LookupTales(() => house);
beforeAll(async () => {
  system = await merchantSystem((asked, response) => answer(asked, response));
  house = await testHouse({ sandboxUrl: system.origin });
});
afterAll(async () => {
  await house.close();
  system.close();
});
beforeEach(() => {
  system.asked.length = 0;
  answer = (_, response) => sendJson(response, ADA);
});
const ready = (more: object = {}) => tales.ready(more);
const ask: LookupTales['ask'] = (resolve) => tales.ask(resolve);

type Case = [what: string, outcome: string, answer: (response: ServerResponse) => void];
const CASES: Case[] = [
  ['nobody known', 'not_found', (response) => sendJson(response, {}, 404)],
  ['nothing in it', 'nothing_usable', (response) => sendJson(response, { hello: 'there' })],
  ['an error', 'http_error', (response) => sendJson(response, {}, 500)],
  ['a redirect', 'http_error', (response) => response.writeHead(302, { location: '/elsewhere' }).end()],
  ['garbage', 'not_json', (response) => response.end('{"customer": {"na')],
  ['a list', 'not_json', (response) => sendJson(response, [1])],
  ['32 kB and one', 'too_large', (response) => response.end(`{"a":"${'x'.repeat(32_761)}"}`)],
  ['an endless answer', 'too_large', (response) => drip(response, 'x'.repeat(20_000), 50)],
  ['six levels', 'too_deep', (response) => sendJson(response, nested(5))],
  [
    'ten thousand levels',
    'too_deep',
    (response) => response.end(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`),
  ],
  ['a connection cut', 'unreachable', (response) => response.destroy()],
  ['silence', 'timeout', () => {}],
  ['headers and silence', 'timeout', (response) => response.write('{')],
];
const drip = (response: ServerResponse, text: string, ms: number): void => {
  const timer = setInterval(() => response.write(text), ms);
  response.on('close', () => clearInterval(timer));
};

test.each(CASES)('%s leaves the form empty: %s, within the budget', async (_what, outcome, how) => {
  await ready();
  answer = (_, response) => how(response);
  const started = performance.now();
  const result = await ask();
  expect(result).toMatchObject({ outcome, proposals: { customer: {}, fields: {} }, proposed: [] });
  expect(performance.now() - started).toBeLessThan(2_700);
  expect(system.asked.map(({ path }) => path)).toEqual(['/lookup']);
});

test('32 kB and five levels are read', async () => {
  await ready();
  const body = `{"description":"boots","a":${JSON.stringify(nested(3))},"b":"`;
  answer = (_, response) => response.end(`${body}${'x'.repeat(32_768 - body.length - 2)}"}`);
  expect(await ask()).toMatchObject({ outcome: 'found', proposals: { description: 'boots' } });
});

test('only public addresses are dialed: judged when saved, and again when asked', async () => {
  const refused = await tales.setUp({ url: 'https://10.0.0.1/crm' });
  expect(refused.ok ? null : refused.error.errors).toEqual([
    { path: 'url', message: 'must name a host, not an IP address' },
  ]);
  const inside = async () => [{ address: '10.1.2.3', family: 4 }];
  const outside = async () => [{ address: '93.184.215.14', family: 4 }];
  const url = 'https://crm.example.com/lookup';
  expect((await tales.setUp({ url }, house.as('admin'), inside)).ok).toBe(false);
  expect((await tales.setUp({ url }, house.as('admin'), outside)).ok).toBe(true);
  expect(await ask(inside)).toMatchObject({
    outcome: 'refused',
    detail: 'leads to an address that is not public',
  });
  const slow = () => new Promise<never>(() => {});
  const started = performance.now();
  expect((await ask(slow)).outcome).toBe('refused');
  expect(performance.now() - started).toBeLessThan(2_700);
});

test('an OAuth token is asked for once, kept, and asked for anew when it is refused; it spends the same two seconds', async () => {
  let tokens = 0;
  let status = 200;
  const token = (asked: Asked, response: ServerResponse): boolean => {
    if (asked.path !== '/token') return false;
    sendJson(response, { access_token: `t${++tokens}`, expires_in: 3600 });
    return true;
  };
  answer = (asked, response) => token(asked, response) || sendJson(response, ADA, status);
  const oauth = { kind: 'oauth', tokenUrl: `${system.origin}/token`, clientId: 'us', clientSecret: 's1' };
  await ready({ credentials: oauth });
  await ask();
  await ask();
  const bearers = () =>
    system.asked.filter(({ path }) => path === '/lookup').map((one) => one.headers.authorization);
  expect([tokens, bearers()]).toEqual([1, ['Bearer t1', 'Bearer t1']]);
  expect(new URLSearchParams(system.asked[0]?.body).get('grant_type')).toBe('client_credentials');
  status = 401;
  await ask();
  status = 200;
  await ask();
  expect(bearers().at(-1)).toBe('Bearer t2');
  answer = (asked, response) => {
    if (asked.path === '/token') setTimeout(() => token(asked, response), 1_200);
    else setTimeout(() => sendJson(response, ADA), 1_200);
  };
  await ready({ credentials: { ...oauth, clientSecret: 's2' } });
  const started = performance.now();
  expect((await ask()).outcome).toBe('timeout');
  expect(performance.now() - started).toBeLessThan(2_700);
  answer = (_, response) => sendJson(response, { error: 'invalid_client' }, 401);
  await ready({ credentials: { ...oauth, clientSecret: 's3' } });
  expect(await ask()).toMatchObject({ outcome: 'no_token', detail: 'token: answered 401' });
});

test('five lookups of a profile are under way at the most; the sixth is told so at once', async () => {
  await ready();
  const open: ServerResponse[] = [];
  answer = (_, response) => open.push(response);
  const first = Array.from({ length: 5 }, () => ask());
  await expect.poll(() => open.length).toBe(5);
  expect((await ask()).outcome).toBe('busy');
  for (const response of open) sendJson(response, ADA);
  expect((await Promise.all(first)).map(({ outcome }) => outcome)).toEqual(Array(5).fill('found'));
  answer = (_, response) => sendJson(response, ADA);
  expect((await ask()).outcome).toBe('found');
});
