import { afterEach, beforeEach, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { Questions } from '../challenges/testing';
import { noteOptOut } from '../opt-outs';
import { remindAfter } from '../opt-outs/testing';
import { remind } from '../sweep';
import { type TestHouse, testHouse } from '../testing';
import { cancelPaymentLink } from './index';
import { LinkTales } from './testing';

let house: TestHouse;
const tales = new LinkTales(() => house);
const { delivered, historyOf } = new Questions(() => house);
beforeEach(async () => {
  house = await testHouse();
});
afterEach(() => house.close());

const HOUR = 3600;
const issued = () => tales.issued({ send: { channel: 'sms' } });
/** Seconds from the issue to the reminder before and the next one, or why there is none. */
async function plan({ id, createdAt }: { id: string; createdAt: string }) {
  const { lastAt, nextAt, none } = (await historyOf(id)).reminders;
  const after = (at: string | null) => at && Math.round((Date.parse(at) - Date.parse(createdAt)) / 60_000);
  return { last: after(lastAt), next: after(nextAt), none };
}

test('staff see when the customer was reminded and when the next one goes, until none is left', async () => {
  await remindAfter(house, [60, 180]);
  const link = await issued();
  await delivered(link.id);
  expect(await plan(link)).toEqual({ last: null, next: 60, none: null });
  await setClock(house.services.db, HOUR + 5);
  await remind(house.services, 'req_test', 5_000);
  await delivered(link.id);
  expect(await plan(link)).toEqual({ last: 60, next: 180, none: null });
  await setClock(house.services.db, 3 * HOUR + 5);
  await remind(house.services, 'req_test', 5_000);
  await delivered(link.id);
  expect(await plan(link)).toEqual({ last: 180, next: null, none: 'none is left' });
});

test('quiet hours put the next one off; one that they put beyond the end is none', async () => {
  const at = (hours: number) => new Date(Date.now() + hours * HOUR * 1000).toISOString().slice(11, 16);
  await remindAfter(house, [60], `${at(0.5)}-${at(3)}`);
  const customer = { phone: '+44 7700 900123', timeZone: 'UTC' };
  const long = await tales.issued({ customer, send: { channel: 'sms' } });
  const { next } = await plan(long);
  expect(next).toBeGreaterThan(178);
  expect(next).toBeLessThanOrEqual(180);
  const short = await tales.issued({ customer, send: { channel: 'sms' }, expiresInSeconds: 2 * HOUR });
  expect(await plan(short)).toMatchObject({ next: null, none: 'quiet hours last until the link ends' });
});

test.each([
  ['the payment profile sends none', [], async () => {}],
  ['the link is paid', [60], (id: string) => tales.pay(id)],
  ['the link is canceled', [60], (id: string) => cancelPaymentLink(house.as('owner'), id)],
  [
    'staff noted that the customer wants none',
    [60],
    (id: string) => noteOptOut(house.as('agent'), { paymentLink: id, channel: 'sms' }),
  ],
] as [string, number[], (id: string) => Promise<unknown>][])(
  'why there is none: %s',
  async (none, minutes, act) => {
    await remindAfter(house, minutes);
    const link = await issued();
    await act(link.id);
    expect(await plan(link)).toEqual({ last: null, next: null, none });
  },
);
