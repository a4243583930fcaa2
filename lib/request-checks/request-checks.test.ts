import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelPaymentLink } from '../payment-links';
import { LinkTales } from '../payment-links/testing';
import { type TestHouse, testHouse } from '../testing';
import { isGenuine, readCheck } from '.';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const PHONE = '+44 7700 900123';
const issued = (reference: string, more: object = {}) =>
  tales.issued({ reference, customer: { phone: PHONE }, ...more });
const check = (reference: string, phoneEnding: string) =>
  isGenuine(house.services, { reference, phoneEnding });

test('a request is genuine for its reference and the end of its telephone number, and for nothing less', async () => {
  const link = await issued('INV-2041');
  expect(await check('INV-2041', '0123')).toBe(true);
  expect(await check('inv-2041', '0123')).toBe(true);
  expect(await check('INV-2041', '0124')).toBe(false);
  expect(await check('INV-204', '0123')).toBe(false);
  expect(await check('INV-204%', '0123')).toBe(false);
  expect(await check('INV-2041', '%')).toBe(false);
  await cancelPaymentLink(house.as('agent'), link.id);
  expect(await check('INV-2041', '0123')).toBe(true);
});

test('what a link asks its payer cannot be tried here', async () => {
  await issued('ASKS-1', { challenge: { kind: 'phone_ending' } });
  expect(await check('ASKS-1', '0123')).toBe(false);
});

test('what was entered is read as people write it, and refused where it is not whole', () => {
  const read = (reference: string, phone: string) => readCheck(new URLSearchParams({ reference, phone }));
  expect(read(' INV-1 ', '01 23')).toEqual({ reference: 'INV-1', phoneEnding: '0123' });
  expect(read('INV-1', '٠١٢٣')).toEqual({ reference: 'INV-1', phoneEnding: '0123' });
  for (const [reference, phone] of [
    ['', '0123'],
    ['INV-1', '123'],
    ['INV-1', '00123'],
    ['INV-1', '%123'],
  ] as const)
    expect(read(reference, phone), `${reference} ${phone}`).toBeNull();
});
