import { expect, test } from 'vitest';
import { isPublicAddress } from './addresses';
import { checkUrl, type Resolve } from './guard';
import { REFUSED_URLS } from './refused-urls.fixture';

const PUBLIC = { address: '93.184.215.14', family: 4 };
/** The worst resolver: says every name is public, except one that is known to lead home. */
const resolve: Resolve = async (hostname) =>
  hostname === 'localtest.me' ? [{ address: '127.0.0.1', family: 4 }] : [PUBLIC];

test.each(REFUSED_URLS)(
  'an endpoint address that leads elsewhere than the public web is refused: %j',
  async (url) => {
    expect(await checkUrl(url, [], resolve)).toMatchObject({ ok: false });
  },
);

test.each(['https://hooks.example.com/x?y=1', 'https://hooks.example.com:8443/', 'https://bücher.example/'])(
  'an ordinary public address is taken: %s',
  async (url) => {
    expect(await checkUrl(url, [], resolve)).toMatchObject({ ok: true, target: { addresses: [PUBLIC] } });
  },
);

test('one private record among public ones refuses the name', async () => {
  const mixed: Resolve = async () => [PUBLIC, { address: '::ffff:10.0.0.1', family: 6 }];
  expect(await checkUrl('https://hooks.example.com/', [], mixed)).toMatchObject({ ok: false });
});

test('a name that does not resolve, or not in time, is refused', async () => {
  const missing: Resolve = () => Promise.reject(new Error('ENOTFOUND'));
  expect(await checkUrl('https://hooks.example.com/', [], missing)).toMatchObject({ ok: false });
  expect(await checkUrl('https://hooks.example.com/', [], missing)).not.toHaveProperty('late');
  const started = Date.now();
  expect(await checkUrl('https://hooks.example.com/', [], () => new Promise(() => {}))).toMatchObject({
    ok: false,
    late: true,
  });
  expect(Date.now() - started).toBeLessThan(4_000);
});

test('EGRESS_ALLOW opens exactly its origins: scheme, host and port', async () => {
  const allow = ['http://localhost:4010/', 'http://127.0.0.1:4011'];
  const loopback: Resolve = async () => [{ address: '127.0.0.1', family: 4 }];
  const allowed = async (url: string) => (await checkUrl(url, allow, loopback)).ok;
  expect(await allowed('http://localhost:4010/receiver/a')).toBe(true);
  expect(await allowed('http://127.0.0.1:4011/receiver/a')).toBe(true);
  expect(await allowed('http://localhost:4011/')).toBe(false);
  expect(await allowed('https://localhost:4010/')).toBe(false);
  expect(await allowed('http://127.0.0.1:4010/')).toBe(false);
  expect(await allowed('http://localhost.:4010/')).toBe(false);
  expect(await allowed('http://user@localhost:4010/')).toBe(false);
  expect(await allowed('http://localhost:4010@evil.example/')).toBe(false);
});

test.each([
  ['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.53', '168.63.129.16', '169.254.169.254', '172.16.0.1'],
  ['192.0.0.192', '192.168.1.1', '198.19.0.1', '203.0.113.9', '224.0.0.1', '255.255.255.255', 'nonsense'],
  ['::', '::1', '::7f00:1', '::ffff:127.0.0.1', '::ffff:0:127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1'],
  [
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    '5f00::1',
    'fc00::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
  ],
])('addresses outside the public internet are refused: %s …', (...addresses) => {
  for (const address of addresses) expect([address, isPublicAddress(address)]).toEqual([address, false]);
});

test('public addresses of both families pass', () => {
  for (const address of ['93.184.215.14', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450:4001:81b::200e'])
    expect(isPublicAddress(address)).toBe(true);
});
