/** Copies of a link have tries of their own, which the gateway must know as it knows the pattern's. */
import { idFromUuid, uuidFromId } from '@/core/ids';
import { authorize, charge } from '@/sandbox/testing';
import { APPROVED, type MoneyHouse } from '../../gateways/testing';

const AT_ONCE = 16;

/** Does it for all, so many at a time. */
export async function forAll<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = all.values();
  const lane = async () => {
    for (const one of waiting) await work(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/** The one try of each link, and where it has one its refund; by the link. */
export async function moneyOf({ database: { sql } }: MoneyHouse, links: readonly string[]) {
  const ids = JSON.stringify(links.map((link) => uuidFromId('paymentLink', link)));
  const rows = await sql`select a.payment_link_id, a.id, r.id as refund from payment_attempts a
    left join refunds r on r.payment_attempt_id = a.id
    where a.payment_link_id in (select jsonb_array_elements_text(${ids}::jsonb)::uuid)`;
  return new Map(
    rows.map((row) => [
      idFromUuid('paymentLink', row.payment_link_id),
      {
        attempt: idFromUuid('paymentAttempt', row.id),
        refund: row.refund === null ? '' : idFromUuid('refund', row.refund),
      },
    ]),
  );
}
export type Money = Awaited<ReturnType<typeof moneyOf>>;

/** Charges the try of each link at the gateway, or only holds its money, and notes the gateway's name of it. */
export async function chargeAll(
  house: MoneyHouse,
  money: Money,
  capture: boolean,
): Promise<Map<string, string>> {
  const named = new Map<string, string>();
  await forAll([...money], async ([paymentLink, { attempt }]) => {
    const told = await authorize(
      house.box.call,
      charge(APPROVED, { reference: attempt, paymentLink, capture, account: house.profile }),
    );
    named.set(attempt, String(told.body.id));
  });
  const pairs = [...named].map(([attempt, name]) => ({ id: uuidFromId('paymentAttempt', attempt), name }));
  await house.database.sql`update payment_attempts set gateway_reference = named.name
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as named(id uuid, name text)
    where payment_attempts.id = named.id`;
  return named;
}

/** What truly happened at the gateway under each link, oldest first. */
export async function truths(house: MoneyHouse, links: readonly string[]): Promise<Map<string, string>> {
  const { body } = await house.box.call('GET', '/control/ledger');
  const found = new Map<string, string[]>(links.map((link) => [link, []]));
  for (const { paymentLink, kind, status, amountMinor } of body.data as Record<string, unknown>[])
    found.get(String(paymentLink))?.unshift(`${kind} ${status} ${amountMinor}`);
  return new Map([...found].map(([link, lines]) => [link, `gateway: ${lines.join(', ')}`]));
}
