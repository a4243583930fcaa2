import { expect, test } from 'vitest';
import { asCidr, isWithin, networkOf, payerNetwork } from './network';
import { BAD_TOKENS, Throttle } from './pay-page';
import { testConfig } from './testing';

test('an IPv4 address is its own network, an IPv6 one stands for its /64, in one spelling', () => {
  expect(networkOf('203.0.113.7')).toBe('203.0.113.7');
  expect(networkOf('::ffff:203.0.113.7')).toBe('203.0.113.7');
  for (const address of ['2001:db8::1', '2001:0DB8:0:0:1::', '2001:db8:0:0:ffff:ffff:ffff:ffff'])
    expect(networkOf(address)).toBe('2001:db8:0:0::/64');
  expect(networkOf('2001:db8:0:1::1')).toBe('2001:db8:0:1::/64');
  expect(networkOf('unknown')).toBe('unknown');
});

test('who comes from no public address has no budget in a demo and shares one in production', () => {
  const demo = testConfig();
  const production = { ...demo, mode: 'production' as const };
  for (const address of ['127.0.0.1', '::1', '10.1.2.3', '192.168.0.9', 'fd00::1', 'unknown', undefined]) {
    const from = address === undefined ? {} : { address };
    expect(payerNetwork({ config: demo, ...from })).toBeUndefined();
    expect(payerNetwork({ config: production, ...from })).toBe('unknown');
  }
  expect(payerNetwork({ config: demo, address: '8.8.8.8' })).toBe('8.8.8.8');
  expect(payerNetwork({ config: production, address: '2a00:1450::5' })).toBe('2a00:1450:0:0::/64');
});

test('after twenty bad tokens a network is turned away for the minute, every address of a /64 alike', () => {
  const throttle = new Throttle(BAD_TOKENS);
  const isBlocked = (address: string, now: number): boolean => throttle.blocks(networkOf(address), now);
  for (let i = 0; i < 20; i++) expect(isBlocked(`2a00::${i.toString(16)}`, 0)).toBe(false);
  expect(isBlocked('2a00:0:0:0:9::1', 1)).toBe(true);
  expect(isBlocked('2a00:0:0:1::1', 1)).toBe(false);
  expect(isBlocked('2a00::1', 60_001)).toBe(false);
});

test('a network has one spelling, and holds the addresses of its own kind that lie in it', () => {
  expect(asCidr('203.0.113.7')).toBe('203.0.113.7/32');
  expect(asCidr('2001:DB8::1')).toBe('2001:db8::1/128');
  expect(asCidr('203.0.113.0/24')).toBe('203.0.113.0/24');
  for (const wrong of ['203.0.113.0/33', 'here', '', '203.0.113.0/x'])
    expect(asCidr(wrong), wrong).toBeNull();
  expect(isWithin('203.0.113.255', ['198.51.100.0/24', '203.0.113.0/24'])).toBe(true);
  expect(isWithin('203.0.114.0', ['203.0.113.0/24'])).toBe(false);
  expect(isWithin('203.0.113.7', ['::/0'])).toBe(false);
  expect(isWithin('2001:db8::1', ['0.0.0.0/0'])).toBe(false);
  expect(isWithin('nowhere', ['0.0.0.0/0', '::/0'])).toBe(false);
});
