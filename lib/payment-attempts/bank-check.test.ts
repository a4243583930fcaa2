import { afterAll, beforeAll, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import {
  books,
  fault,
  issue,
  type MoneyHouse,
  moneyHouse,
  pay,
  submit,
  truth,
  unwrap,
} from '../gateways/testing';
import { openPayPage, returnAddress } from '../pay-page';
import { readPaymentLink } from '../payment-links';
import { bankCheckOf, takeOverBankCheck } from '.';

const CHALLENGED = '4000002500003155';
let house: MoneyHouse;
beforeAll(async () => {
  house = await moneyHouse();
});
afterAll(() => house.close());

/** A link whose payment is at the bank. */
async function atBank() {
  const link = await issue(house);
  const { attempt, state } = await pay(house, link, { number: CHALLENGED });
  expect(state).toBe('requires_action');
  return { link, attempt };
}

/** The turn that a payer's last question took is over. */
const nextTurn = () => new Promise((resolve) => setTimeout(resolve, 1_100));
const answer = (url: string, told: string) =>
  fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ answer: told }) });

test('a bank check can be gone on with in another window: its address is the bank’s own, and gone once it is over', async () => {
  const { link, attempt } = await atBank();
  const url = unwrap(await bankCheckOf(house.as('payer'), attempt));
  expect(url).toMatch(/\/acs\/gw_/);
  expect((await answer(String(url), 'accept')).status).toBe(303);
  await nextTurn();
  expect(unwrap(await bankCheckOf(house.as('payer'), attempt))).toBeNull();
  expect((await books(house, link)).link.status).toBe('paid');
});

test('it leads to banks that the installation knows, and to nobody else', async () => {
  const { attempt } = await atBank();
  const ctx = house.as('payer');
  const strange = { ...ctx, config: { ...ctx.config, challengeOrigins: ['https://bank.example'] } };
  expect(await bankCheckOf(strange, attempt)).toMatchObject({ ok: false, error: { code: 'unavailable' } });
});

test('a bank check that is stopped charges nothing, whatever is answered there later, and the link can be paid again', async () => {
  const { link, attempt } = await atBank();
  const url = String(unwrap(await bankCheckOf(house.as('payer'), attempt)));
  await nextTurn();
  expect(unwrap(await takeOverBankCheck(house.as('payer'), attempt))).toBe(true);
  await answer(url, 'accept');
  expect((await truth(house, attempt)).filter((one) => one.includes('captured'))).toEqual([]);
  expect((await books(house, link)).link.status).toBe('active');
  // Between two tries of a link lie two seconds.
  await setClock(house.services.db, 3);
  expect((await pay(house, link)).state).toBe('succeeded');
  await setClock(house.services.db, 0);
  expect((await books(house, link)).ledger).toEqual(['payment 1240']);
});

test('what the bank has accepted is paid, not stopped; where the gateway cannot be reached nothing is stopped', async () => {
  const { link, attempt } = await atBank();
  const url = String(unwrap(await bankCheckOf(house.as('payer'), attempt)));
  await nextTurn();
  await fault(house, 'void_by_reference', 'refuse', attempt);
  expect(await takeOverBankCheck(house.as('payer'), attempt)).toMatchObject({
    error: { code: 'unavailable' },
  });
  expect((await books(house, link)).link.status).toBe('processing');
  house.switches.keep = true;
  await answer(url, 'accept');
  house.switches.keep = false;
  await nextTurn();
  expect(unwrap(await takeOverBankCheck(house.as('payer'), attempt))).toBe(false);
  expect((await books(house, link)).ledger).toEqual(['payment 1240']);
});

test('a handle leads back to the page of its payment for a quarter of an hour, and looking at it changes nothing', async () => {
  const link = await issue(house);
  const { attempt, grant, send, record } = await submit(house, link, { number: CHALLENGED });
  unwrap(await record(await send()));
  const { handle } = grant;
  const { url } = unwrap(await readPaymentLink(house.as('agent'), link));
  expect(await returnAddress(house.services, handle, null)).toBe(`${url}?a=${attempt}`);
  expect(await returnAddress(house.services, handle, 'de')).toBe(`${url}?a=${attempt}&l=de`);
  expect(await returnAddress(house.services, handle.replace(/^./, '_'), null)).toBeNull();
  const token = url.slice(url.lastIndexOf('/') + 1);
  expect(await openPayPage(house.services, token)).toMatchObject({ page: { state: 'challenge' } });
  await setClock(house.services.db, 901);
  expect(await returnAddress(house.services, handle, null)).toBeNull();
  await setClock(house.services.db, 0);
});
