import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AMOUNT_TYPES, LINK_ACCESS, LINK_STATUSES, statusOf } from '@/core/payment-link';
import { hasStatus, statusNow } from '@/db/queries/link-list';
import { findPaymentLink } from '@/db/queries/payment-links';
import { paymentLinks } from '@/db/schema';
import { type TestHouse, testHouse } from '../testing';
import { DAY, LinkTales } from './testing';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const MONEY = [
  {},
  { heldMinor: 5 },
  { capturedMinor: 5 },
  { capturedMinor: 5, heldMinor: 5 },
  { capturedMinor: 1240 },
  { capturedMinor: 5, refundedMinor: 5 },
  { capturedMinor: 5, refundedMinor: 2 },
  { capturedMinor: 1240, refundedMinor: 1240 },
  { capturedMinor: 1240, disputedMinor: 1 },
];
const NONE = { capturedMinor: 0, heldMinor: 0, refundedMinor: 0, disputedMinor: 0 };
/** What no verb makes: money on a draft, and an access of being paid without a payment. */
const isReal = (access: string, money: Partial<typeof NONE>): boolean =>
  access === 'draft' ? !money.capturedMinor : access !== 'processing' || Boolean(money.heldMinor);

test('a link is found by exactly the status that it shows, and lists and files show the same, whatever its access, money and end', async () => {
  const { db } = house.services;
  const { id } = await tales.issued();
  const key = { merchantId: house.merchantId, id };
  const is = LINK_STATUSES.map((status) => sql`case when ${hasStatus(status)} then ${status} end`);
  for (const access of LINK_ACCESS)
    for (const money of MONEY.filter((one) => isReal(access, one)))
      for (const amountType of AMOUNT_TYPES)
        for (const ends of [-DAY, DAY]) {
          const expiresAt = new Date(Date.now() + ends * 1000);
          await db.update(paymentLinks).set({ ...NONE, ...money, access, amountType, expiresAt });
          const link = await findPaymentLink(db, key);
          const found = await db.execute(
            sql`select concat_ws(' ', ${sql.join(is, sql`, `)}) as found, ${statusNow} as shown from ${paymentLinks}`,
          );
          const status = link && statusOf(link);
          const what = JSON.stringify({ access, money, amountType, ends });
          expect(found[0], what).toEqual({ found: status, shown: status });
        }
});
