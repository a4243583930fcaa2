import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { listLinkDisputes } from '../disputes';
import { told } from '../gateway-notifications/testing';
import {
  control,
  fault,
  issue,
  type MoneyHouse,
  moneyHouse,
  paidLink,
  pay,
  submit,
  truth,
  unwrap,
  work,
  workUntil,
} from '../gateways/testing';
import { createRefund, listLinkRefunds } from '../refunds';
import { checkNow, listBalanceReports, listUnknown, readBalanceReport, runBalance } from '.';

let house: MoneyHouse;
beforeAll(async () => {
  house = await moneyHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

const owner = () => house.as('owner');

/** Balances yesterday and today as the worker will once they are over; what is wrong, and what came in. */
async function balance() {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  await setClock(house.services.db, 2 * 86_400);
  for (const ago of [1, 0]) unwrap(await runBalance(house.as('system'), house.profile, day(ago)));
  const { data } = unwrap(await listBalanceReports(owner(), {}));
  const reports = await Promise.all(data.map(async ({ id }) => unwrap(await readBalanceReport(owner(), id))));
  const sum = (of: 'gatewayMinor' | 'ledgerMinor' | 'eventsMinor') =>
    reports.reduce((all, report) => all + report[of], 0);
  await setClock(house.services.db, 0);
  return {
    gaps: reports.flatMap(({ gaps }) => gaps),
    sums: [sum('gatewayMinor'), sum('ledgerMinor'), sum('eventsMinor')],
  };
}

test('payments, refunds, disputes won and lost, and money that went back untaken: all of it agrees', async () => {
  await paidLink(house, 1000);
  const ours = await paidLink(house, 2000);
  unwrap(await createRefund(owner(), { paymentLink: ours.link, amountMinor: 300 }));
  await work(house);
  await control(house, 'POST', 'gateway/refund', { reference: ours.attempt, amountMinor: 200 });
  await told(house, ours.attempt, 'refund.succeeded');
  for (const outcome of ['won', 'lost']) {
    const { link, attempt } = await paidLink(house, 4000);
    const { id } = await control(house, 'POST', 'gateway/dispute', { reference: attempt });
    await told(house, attempt, 'dispute.opened');
    await work(house);
    await control(house, 'POST', `gateway/dispute/${id}/close`, { outcome });
    await told(house, attempt, `dispute.${outcome}`);
    await work(house);
    expect(unwrap(await listLinkDisputes(owner(), link)).data).toMatchObject([{ state: outcome }]);
  }
  const link = await issue(house, 700);
  const late = await submit(house, link);
  const isLost = { target: 'gateway_webhooks', kind: 'lose', match: { reference: late.attempt }, times: 9 };
  await control(house, 'POST', 'faults', isLost);
  unwrap(await late.record({ kind: 'failed', reason: 'not_sent' }));
  await setClock(house.services.db, 5);
  await pay(house, link);
  const charged = await late.send();
  unwrap(await late.record(charged));
  await workUntil(house, async () => (await truth(house, late.attempt)).length === 2);
  await work(house);
  expect(await balance()).toEqual({ gaps: [], sums: [7200, 7200, 7200] });
});

test('a refund of unknown outcome is in the list, read at once when an operator asks, and gone from it', async () => {
  const { link, attempt } = await paidLink(house, 500);
  await control(house, 'POST', 'faults', {
    ...{ target: 'gateway_webhooks', operation: 'refund', kind: 'lose' },
    ...{ match: { reference: attempt }, times: 9 },
  });
  unwrap(await createRefund(owner(), { paymentLink: link }));
  const [refund] = unwrap(await listLinkRefunds(owner(), link)).data;
  const id = refund?.id ?? '';
  await fault(house, 'refund', 'reset_after', id);
  await work(house);
  const listed = async () => unwrap(await listUnknown(owner(), {})).data.filter((one) => one.id === id);
  expect(await listed()).toMatchObject([{ object: 'refund', state: 'unknown', reads: 1, amountMinor: 500 }]);
  expect((await listed())[0]?.lastReadAt).not.toBeNull();
  expect(await checkNow(house.as('agent'), id)).toMatchObject({ error: { code: 'forbidden' } });
  expect(await checkNow(house.stranger, id)).toMatchObject({ error: { code: 'not_found' } });
  expect(await checkNow(house.as('admin'), id)).toEqual({ ok: true, value: { id } });
  await work(house);
  expect(await listed()).toEqual([]);
  expect(await checkNow(house.as('admin'), id)).toMatchObject({ error: { code: 'conflict' } });
});
