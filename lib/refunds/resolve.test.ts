import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { listOpenAlerts } from '@/db/queries/alerts';
import { setClock } from '@/db/testing';
import type { Refund } from '../contracts/refunds';
import { fault, type MoneyHouse, moneyHouse, paidLink, truth, unwrap } from '../gateways/testing';
import { createRefund, readRefund, resolveRefund } from '.';

let house: MoneyHouse;
beforeAll(async () => {
  house = await moneyHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

const system = () => house.as('system');
const begin = async (input: unknown) => unwrap(await createRefund(house.as('owner'), input)) as Refund;

describe('an outcome that stays open', () => {
  test('within 23 hours the gateway is asked again under the same key; after that it is only read', async () => {
    const { link, attempt } = await paidLink(house);
    const refund = await begin({ paymentLink: link });
    await fault(house, 'refund', 'refuse', refund.id, { times: 2 });
    for (const seconds of [0, 22.9 * 3600]) {
      await setClock(house.services.db, seconds);
      expect(unwrap(await resolveRefund(system(), refund.id))).toBe('unknown');
    }
    await setClock(house.services.db, 23 * 3600 + 60);
    expect(unwrap(await resolveRefund(system(), refund.id))).toBe('unknown');
    expect(await truth(house, attempt)).toEqual(['payment captured 1240']);
  });

  test('after a day an operator is told once, and the refund stays open until the gateway speaks', async () => {
    const { link } = await paidLink(house);
    const refund = await begin({ paymentLink: link });
    await fault(house, 'refund', 'reset_after', refund.id);
    expect(unwrap(await resolveRefund(system(), refund.id))).toBe('unknown');
    await fault(house, 'read_refund', 'refuse', refund.id, { times: 2 });
    await setClock(house.services.db, 24 * 3600 + 60);
    for (let i = 0; i < 2; i++) expect(unwrap(await resolveRefund(system(), refund.id))).toBe('unknown');
    const alerts = await listOpenAlerts(house.services.db, house.merchantId, 100);
    expect(alerts.filter(({ subject }) => subject === refund.id)).toMatchObject([{ kind: 'unknown_refund' }]);
    expect(unwrap(await resolveRefund(system(), refund.id))).toBe('succeeded');
  });

  test('one that never reached the gateway has failed after a day, and its money may be refunded again', async () => {
    const { link, attempt } = await paidLink(house);
    const lost = await begin({ paymentLink: link });
    await setClock(house.services.db, 23 * 3600 + 60);
    expect(unwrap(await resolveRefund(system(), lost.id))).toBe('pending');
    await setClock(house.services.db, 24 * 3600 + 60);
    expect(unwrap(await resolveRefund(system(), lost.id))).toBe('failed');
    expect(unwrap(await readRefund(house.as('owner'), lost.id))).toMatchObject({
      failure: 'never_reached_the_gateway',
    });
    const again = await begin({ paymentLink: link });
    expect(unwrap(await resolveRefund(system(), again.id))).toBe('succeeded');
    expect(await truth(house, attempt)).toEqual(['payment captured 1240', 'refund succeeded 1240']);
  });

  test('another refund under our reference is a mismatch: open, and an operator is told', async () => {
    const { link, attempt } = await paidLink(house);
    const refund = await begin({ paymentLink: link, amountMinor: 500 });
    const { data } = (await house.box.call('GET', `/gateway/payments?reference=${attempt}`)).body;
    const [{ id = '' } = {}] = data as { id: string }[];
    const wrong = { amountMinor: 400, reference: refund.id };
    expect((await house.box.call('POST', `/gateway/payments/${id}/refunds`, wrong)).status).toBe(200);
    for (let i = 0; i < 2; i++) expect(unwrap(await resolveRefund(system(), refund.id))).toBe('unknown');
    const alerts = await listOpenAlerts(house.services.db, house.merchantId, 100);
    expect(alerts.filter(({ subject }) => subject === refund.id)).toMatchObject([{ kind: 'mismatch' }]);
  });

  test('a profile that was switched off is followed all the same', async () => {
    const { link } = await paidLink(house);
    const refund = await begin({ paymentLink: link });
    await house.database.sql`update payment_profiles set enabled = false`;
    expect(unwrap(await resolveRefund(system(), refund.id))).toBe('succeeded');
    await house.database.sql`update payment_profiles set enabled = true`;
  });
});
