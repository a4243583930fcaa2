import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPayPage } from '../pay-page';
import { startPaymentAttempt } from '../payment-attempts';
import { reissuePaymentLink } from '../payment-links';
import { LinkTales, tokenOf } from '../payment-links/testing';
import { isGenuine } from '../request-checks';
import { type TestHouse, testHouse } from '../testing';
import { changeOwnDomain, readOwnDomain } from '.';

const DOMAIN = 'http://pay.localhost:3000';
let house: TestHouse;
const tales = new LinkTales(() => house);
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const set = (payOrigin: string | null) => changeOwnDomain(house.as('owner'), { payOrigin });

test('from then on addresses are given with the merchant’s own domain, those that are out lead where they did', async () => {
  const before = await tales.issued({});
  expect(await set(DOMAIN)).toMatchObject({ value: { payOrigin: DOMAIN, free: [DOMAIN] } });
  const after = await tales.issued({});
  expect([new URL(before.url).origin, new URL(after.url).origin]).toEqual(['http://localhost:3000', DOMAIN]);
  expect((await tales.page(before.url)).origin).toBe('http://localhost:3000');
  expect((await tales.page(after.url)).origin).toBe(DOMAIN);
  expect(await startPaymentAttempt(house.as('payer'), after.id)).toMatchObject({ value: { parent: DOMAIN } });
  const anew = await reissuePaymentLink(house.as('agent'), before.id, {});
  expect(anew.ok && new URL(anew.value.url).origin).toBe(DOMAIN);
  expect((await tales.read(before.id)).url).toMatch(DOMAIN);
  await set(null);
});

test('a domain that the installation no longer serves is the portal’s again', async () => {
  await set(DOMAIN);
  const { url } = await tales.issued({});
  await set(null);
  const config = { ...house.services.config, payOrigins: [] };
  expect(await openPayPage({ ...house.services, config }, tokenOf(url))).toMatchObject({
    page: { origin: 'http://localhost:3000' },
  });
});

test('a domain is of one merchant, and of this installation; an owner says it, freshly proved, and it is on record', async () => {
  for (const who of ['admin', 'agent', 'viewer', 'api'] as const)
    expect(await changeOwnDomain(house.as(who), { payOrigin: DOMAIN })).toMatchObject({
      error: { code: 'forbidden' },
    });
  const owner = house.as('owner');
  const unproved = { ...owner, actor: { ...owner.actor, verified: false } as typeof owner.actor };
  expect(await changeOwnDomain(unproved, { payOrigin: DOMAIN })).toMatchObject({
    error: { code: 'step_up_required' },
  });
  expect(await set('https://evil.example')).toMatchObject({ error: { code: 'invalid' } });
  await set(DOMAIN);
  expect(await changeOwnDomain(house.stranger, { payOrigin: DOMAIN })).toMatchObject({
    error: { code: 'conflict' },
  });
  expect(await readOwnDomain(house.stranger)).toMatchObject({ value: { payOrigin: null, free: [] } });
  await set(null);
  const rows = await house.database.sql`select data from audit_entries where action = 'merchant.update'
    and merchant_id = ${house.merchantId}`;
  expect(rows.at(-1)?.data).toEqual({ payOrigin: { from: DOMAIN, to: null } });
});

test('at a merchant’s domain only its own requests are genuine', async () => {
  await set(DOMAIN);
  await tales.issued({ customer: { phone: '+447700900123' }, reference: 'DOMAIN-1' });
  const asked = { reference: 'DOMAIN-1', phoneEnding: '0123' };
  expect(await isGenuine(house.services, asked, DOMAIN)).toBe(true);
  await set(null);
  expect(await isGenuine(house.services, asked, DOMAIN)).toBe(false);
  expect(await isGenuine(house.services, asked)).toBe(true);
});
