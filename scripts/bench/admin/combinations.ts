/** Every filter and order of the list of links that may be asked for together, with values that are frequent and rare. */

import { idFromUuid } from '@/core/ids';
import { sortFault } from '@/core/link-sort';
import { LINK_STATUSES, type LinkSort } from '@/core/payment-link';
import type { Connection } from '@/db/client';
import type { LinkFilter, Place } from '@/db/queries/link-list';
import type { Wanted } from '@/db/queries/link-search';
import { newId } from '@/lib/ids';

export type Combination = { sort: LinkSort; filter: LinkFilter };

const DAY_MS = 86_400_000;
const daysAgo = (days: number): Date => new Date(Date.now() - days * DAY_MS);

const AMOUNTS: LinkFilter = { currency: 'GBP', minAmountMinor: 1_000, maxAmountMinor: 5_000 };
const RANGES: Record<LinkSort, LinkFilter[]> = {
  newest: [
    {},
    { createdFrom: daysAgo(200), createdTo: daysAgo(170) },
    { expiresBefore: daysAgo(180) },
    AMOUNTS,
  ],
  expiring: [{}, { expiresFrom: daysAgo(-1), expiresBefore: daysAgo(-2) }],
  amount: [{ currency: 'GBP' }, { currency: 'JPY' }, AMOUNTS],
  paid: [{}, { paidFrom: daysAgo(200), paidTo: daysAgo(170) }],
};

/** Each sort and range with each value of each facet, alone or, where `all` is asked for, with those of the others. */
export function combinations(profiles: readonly string[], all: boolean): Combination[] {
  const facets: LinkFilter[][] = [
    LINK_STATUSES.map((status) => ({ status })),
    [{ createdBy: 'agent-0' }, { createdBy: 'agent-39' }],
    profiles.map((profileId) => ({ profileId })),
    [{ channel: 'none' }, { channel: 'sms' }],
    [{ currency: 'USD' }],
  ];
  const filters = all
    ? facets.reduce<LinkFilter[]>(
        (made, values) => made.flatMap((one) => [one, ...values.map((value) => ({ ...one, ...value }))]),
        [{}],
      )
    : [{}, ...facets.flat()];
  /** As the contract allows: what it refuses is not offered. */
  const may = (sort: LinkSort, { createdBy, profileId, ...rest }: LinkFilter): boolean =>
    sortFault({ ...rest, sort, agent: createdBy, profile: profileId }) === null;
  return Object.entries(RANGES).flatMap(([name, ranges]) => {
    const sort = name as LinkSort;
    return ranges.flatMap((range) =>
      filters
        .filter((one) => may(sort, one))
        .map((one): Combination => ({ sort, filter: { ...one, ...range } })),
    );
  });
}

const words = (text: string, more: Partial<Wanted> = {}): Wanted => ({
  ...{ text, id: null, receipt: null, last4: null, amounts: [] },
  ...more,
});
/** Frequent and rare, short and long, found and not, words and numbers. */
export const SEARCHES: readonly Wanted[] = [
  ...['example.test', 'ada', 'quentin', 'order', 'xu', 'qz', 'zo', 'nobody', 'turingc4ca', 'order 4321'].map(
    (text) => words(text),
  ),
  ...['inv-100', 'inv-1043', '+4477009', '77009043', 'ada lovelace', 'grace.hopper'].map((text) =>
    words(text),
  ),
  words('4242', { last4: '4242', amounts: [{ currency: 'GBP', amountMinor: 424_200 }] }),
  words('1.50', { amounts: ['GBP', 'EUR', 'USD'].map((currency) => ({ currency, amountMinor: 150 })) }),
  words('7k3m9qxw2tba', { receipt: '0'.repeat(15) }),
  words('plink_nothing', { id: newId('paymentLink') }),
];

/** A place in the middle of a merchant's links, in each order. */
export async function middleOf({ sql }: Connection, own: number): Promise<Record<LinkSort, Place>> {
  const place = async (by: string, among: string): Promise<Place> => {
    const [row] = await sql.unsafe<{ id: string; value: number | null }[]>(
      `select id, (${by})::float8 as value from payment_links where merchant_id = ${own} and ${among} order by 2, 1
       offset (select count(*) / 2 from payment_links where merchant_id = ${own} and ${among}) limit 1`,
    );
    return { value: row?.value ?? null, id: idFromUuid('paymentLink', row?.id ?? '') };
  };
  return {
    newest: await place('null::float8', 'true'),
    expiring: await place(
      'extract(epoch from expires_at) * 1000',
      "standing in ('active', 'locked', 'partially_paid') and expires_at > cf_now()",
    ),
    amount: await place('amount_minor', "currency = 'GBP' and standing = 'paid'"),
    paid: await place('extract(epoch from paid_at) * 1000', 'paid_at is not null'),
  };
}
