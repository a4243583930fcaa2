import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { uuidFromId } from '@/core/ids';
import { insertGatewayAccount } from '@/db/queries/installation';
import { findProfile } from '@/db/queries/merchants';
import { GATEWAY_KEY, testSandbox } from '@/sandbox/testing';
import { receiveNotification } from '../gateway-notifications';
import { alertsOf, apply, notesOf, paymentData, told } from '../gateway-notifications/testing';
import { sealGatewaySecret, sealNotificationSecret } from '../gateways';
import type { ReportLine } from '../gateways/port';
import {
  books,
  captureLater,
  issue,
  type MoneyHouse,
  moneyHouse,
  paidLink,
  pay,
  submit,
  truth,
  unwrap,
  workUntil,
} from '../gateways/testing';
import { newId } from '../ids';
import { inOrder, reportOf } from '../reconciliation/gateway-report';
import { createRefund } from '../refunds';
import { newWebhookSecret, webhookHeaders } from '../webhooks/sign';
import { capturePayment, resolveAttempt, startPaymentAttempt, submitPaymentAttempt, voidPayment } from '.';

let house: MoneyHouse;
let elsewhere: Awaited<ReturnType<typeof testSandbox>>;
const SECRET = newWebhookSecret();
let first: string;
let second: string;

beforeAll(async () => {
  house = await moneyHouse();
  elsewhere = await testSandbox();
  const { merchantId, profile, services } = house;
  const [row] = await house.database
    .sql`select gateway_account_id from payment_profiles where merchant_id = ${merchantId}`;
  first = row?.gateway_account_id;
  const id = newId('gatewayAccount');
  second = uuidFromId('gatewayAccount', id) ?? '';
  await insertGatewayAccount(services.db, {
    merchantId,
    id,
    profileId: profile,
    gateway: 'sandbox',
    gatewayUrl: `http://127.0.0.1:${elsewhere.port}/gateway`,
    gatewaySecret: sealGatewaySecret(services.config, merchantId, profile, GATEWAY_KEY),
    notificationSecret: sealNotificationSecret(services.config, merchantId, profile, SECRET),
  });
});
beforeEach(() => use(first));
afterAll(async () => {
  await elsewhere.stop();
  await house.close();
});

/** From now on the profile uses this account. */
const use = (account: string) =>
  house.database
    .sql`update payment_profiles set gateway_account_id = ${account} where merchant_id = ${house.merchantId}`;
const seenElsewhere = async (reference: string) =>
  (await elsewhere.call('GET', `/control/ledger?reference=${reference}`)).body.data;

test('what was begun with one account is captured, voided, refunded and read there after the profile took another', async () => {
  const paid = await paidLink(house);
  const lost = await submit(house, await issue(house));
  await captureLater(house);
  const [toTake, toGive] = [await paidLink(house), await paidLink(house)];
  await lost.send();
  await use(second);
  expect(unwrap(await capturePayment(house.as('owner'), toTake.attempt)).state).toBe('succeeded');
  expect(unwrap(await voidPayment(house.as('owner'), toGive.attempt)).state).toBe('voided');
  expect(unwrap(await resolveAttempt(house.as('system'), lost.attempt))).toBe('succeeded');
  unwrap(await createRefund(house.as('owner'), { paymentLink: paid.link, amountMinor: 500 }));
  await workUntil(house, async () => (await books(house, paid.link)).link.refundedMinor === 500);
  expect(await truth(house, toTake.attempt)).toContain('capture succeeded 1240');
  expect(await truth(house, toGive.attempt)).toContain('void succeeded 1240');
  for (const { attempt } of [paid, lost, toTake, toGive]) expect(await seenElsewhere(attempt)).toEqual([]);
  await house.database.sql`update payment_profiles set capture_at_once = true`;
});

test('what was begun before the change is sent to the account that it was begun with, what comes after to the other', async () => {
  const begun = unwrap(await startPaymentAttempt(house.as('payer'), await issue(house)));
  await use(second);
  const { attempt, amountMinor, currency } = begun;
  const card = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2034 };
  const call = { attempt, amountMinor, currency, card };
  const { gateway } = unwrap(await submitPaymentAttempt(house.as('payer'), call));
  expect(gateway.url).toBe(`http://127.0.0.1:${house.box.port}/gateway`);
  const after = await issue(house);
  const paid = await pay(house, after);
  expect(paid.state).toBe('succeeded');
  expect(await truth(house, paid.attempt)).toEqual([]);
  expect(await seenElsewhere(paid.attempt)).toHaveLength(1);
});

test('the balance of a profile reads each account that its money may still move at, in order of time', async () => {
  const { attempt: here } = await paidLink(house);
  await use(second);
  const { attempt: there } = await paidLink(house);
  const profile = await findProfile(house.services.db, house.merchantId, house.profile);
  if (!profile) throw new Error('no profile');
  const [from, to] = [new Date(Date.now() - 60_000), new Date(Date.now() + 60_000)];
  const lines: ReportLine[] = [];
  for await (const line of await reportOf(house.as('system'), profile, from, to)) lines.push(line);
  const references = lines.map(({ reference }) => reference);
  expect(references.indexOf(here)).toBeGreaterThanOrEqual(0);
  expect(references.indexOf(there)).toBeGreaterThan(references.indexOf(here));
  const times = lines.map(({ at }) => at.getTime());
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test('two rows of the same account at the gateway tell a line once', async () => {
  async function* report() {
    for (const [id, ms] of [
      ['a', 1],
      ['b', 2],
      ['c', 2],
    ] as const)
      yield {
        id,
        kind: 'payment',
        reference: id,
        amountMinor: 1,
        currency: 'GBP',
        at: new Date(ms),
      } as const;
  }
  const ids: string[] = [];
  for await (const { id } of inOrder([report(), report()])) ids.push(id);
  expect(ids).toEqual(['a', 'b', 'c']);
});

test('an account that is no longer used still tells of what was begun with it', async () => {
  const tried = await submit(house, await issue(house));
  await tried.send();
  await use(second);
  await told(house, tried.attempt, 'payment.captured');
  await workUntil(house, async () =>
    (await notesOf(house, tried.attempt)).every(({ state }) => state === 'applied'),
  );
});

test('an account tells nothing of what was begun with another: it is quarantined', async () => {
  const tried = await submit(house, await issue(house));
  const id = newId('notification');
  const data = paymentData(tried.attempt, 'captured');
  const body = JSON.stringify({ id, type: 'payment.captured', createdAt: new Date().toISOString(), data });
  const headers = webhookHeaders(SECRET, id, body, new Date());
  unwrap(await receiveNotification(house.services, 'req_test', { profile: house.profile, headers, body }));
  expect(await apply(house, id)).toBe('quarantined');
  expect(await alertsOf(house, tried.attempt)).toContain('mismatch');
});
