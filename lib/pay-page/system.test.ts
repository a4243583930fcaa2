import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../testing';
import { openPayPage, systemLinks } from './index';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const openOwn = async () => {
  const token = (systemLinks(house.services.config)[0] ?? '').slice(-58);
  return { token, opened: await openPayPage(house.services, token) };
};

test('the page that is looked at is another address each time, and one page: to be paid, but never live', async () => {
  const [one, two] = [await openOwn(), await openOwn()];
  expect(one.token).not.toBe(two.token);
  expect(one.opened).toEqual(two.opened);
  expect(one.opened).toMatchObject({ kind: 'page', page: { state: 'ready', live: false, isShown: true } });
});

test('its address is made with the keys of the installation: with a character changed it is forged', async () => {
  const { token } = await openOwn();
  const other = token.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A'));
  expect(await openPayPage(house.services, other)).toEqual({ kind: 'forged' });
});
