import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPaymentLink } from '../payment-links';
import { LinkTales } from '../payment-links/testing';
import { changeProfileChallenge, listProfileSettings } from '../payment-profiles';
import { isGenuine } from '../request-checks';
import { type TestHouse, testHouse } from '../testing';
import { POSTCODE, Questions } from './testing';

let house: TestHouse;
let profile: string;
const tales = new LinkTales(() => house);
const { answer } = new Questions(() => house);
beforeAll(async () => {
  house = await testHouse();
  const listed = await listProfileSettings(house.as('owner'));
  profile = (listed.ok && listed.value[0]?.id) || '';
});
afterAll(() => house.close());

const CUSTOMER = { customer: { phone: '+447700900123' }, reference: 'INV-2207' };
const asks = (challenge: string | null) => changeProfileChallenge(house.as('admin'), { profile, challenge });
const create = (more: object) =>
  createPaymentLink(house.as('api'), { amountMinor: 1240, currency: 'GBP', ...more });

test('what a profile asks stands before each link that is issued from then on, unless the request asks something else', async () => {
  const before = await tales.issued(CUSTOMER);
  expect(await asks('phone_ending')).toMatchObject({ value: { challenge: 'phone_ending' } });
  const after = await tales.issued(CUSTOMER);
  expect((await tales.page(before.url)).state).toBe('ready');
  expect(await tales.page(after.url)).toMatchObject({ state: 'verification', isShown: false });
  expect((await tales.issued({ ...CUSTOMER, ...POSTCODE })).challenge).toEqual({ kind: 'postcode' });
  expect(await asks(null)).toMatchObject({ value: { challenge: null } });
  expect((await tales.page((await tales.issued(CUSTOMER)).url)).state).toBe('ready');
});

test('a link that has no answer to what its profile asks is refused, by the field that is missing', async () => {
  await asks('reference_phone_ending');
  expect(await create({ reference: 'INV-1' })).toMatchObject({
    error: { code: 'invalid', errors: [{ path: 'customer.phone' }] },
  });
  expect(await create({ customer: CUSTOMER.customer })).toMatchObject({
    error: { errors: [{ path: 'reference' }] },
  });
  await asks('passcode');
  const sms = { ...CUSTOMER, send: { channel: 'sms' } };
  expect(await create(sms)).toMatchObject({ error: { errors: [{ path: 'challenge' }] } });
  await asks(null);
});

test('somebody whom the customer has asked to pay answers with reference and end of the number: both, in any spelling', async () => {
  const link = await tales.issued({ ...CUSTOMER, challenge: { kind: 'reference_phone_ending' } });
  for (const text of ['INV-2207', '0123', 'INV-22070124', 'INV-22060123'])
    expect(await answer(link.id, text)).toMatchObject({ result: 'wrong' });
  expect(await answer(link.id, 'inv 2207 0123')).toEqual({ result: 'right' });
});

test('the check of a request is no second way to try the answer', async () => {
  const asked = { reference: 'ORACLE-1', phoneEnding: '0123' };
  await tales.issued({ ...CUSTOMER, reference: 'ORACLE-1', challenge: { kind: 'reference_phone_ending' } });
  expect(await isGenuine(house.services, asked)).toBe(false);
  await tales.issued({ ...CUSTOMER, reference: 'ORACLE-1' });
  expect(await isGenuine(house.services, asked)).toBe(true);
});

test('only owners and admins of a merchant say what its profiles ask', async () => {
  for (const who of ['agent', 'viewer'] as const)
    expect(await changeProfileChallenge(house.as(who), { profile, challenge: 'phone_ending' })).toMatchObject(
      { error: { code: 'forbidden' } },
    );
  expect(await changeProfileChallenge(house.stranger, { profile, challenge: 'phone_ending' })).toMatchObject({
    error: { code: 'not_found' },
  });
  expect(await asks('postcode')).toMatchObject({ error: { code: 'invalid' } });
});
