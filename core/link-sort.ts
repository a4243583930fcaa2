import { CLOCKED, type LinkSort, type LinkStatus } from './payment-link';

const ANY_AMOUNT = ['newest', 'expiring', 'amount'] as const;
/** The orders that go with a filter, where not all do: what an index of theirs cannot answer is not offered. */
const GOES_WITH: Readonly<Record<string, readonly LinkSort[]>> = {
  ...{ currency: ANY_AMOUNT, minAmountMinor: ANY_AMOUNT, maxAmountMinor: ANY_AMOUNT },
  ...{ paidFrom: ['paid'], paidTo: ['paid'] },
  ...{ expiresFrom: ['expiring'], expiresBefore: ['newest', 'expiring'] },
  ...{ createdFrom: ['newest'], createdTo: ['newest'], q: ['newest'] },
  ...Object.fromEntries(
    ['agent', 'profile', 'channel', 'batch', 'reference', 'customer', 'amountType'].map((name) => [
      name,
      ['newest', 'expiring'],
    ]),
  ),
};
const STATUSES_OF: Partial<Record<LinkSort, readonly LinkStatus[]>> = { expiring: CLOCKED, paid: ['paid'] };

type Filters = {
  sort: LinkSort;
  status?: LinkStatus | undefined;
  currency?: string | undefined;
  [name: string]: unknown;
};

/** Which filter does not go with the order that was asked for, and what is wrong with it; null where all do. */
export function sortFault(filters: Filters): [string, string] | null {
  const { sort, status, currency, minAmountMinor, maxAmountMinor } = filters;
  for (const [name, value] of Object.entries(filters)) {
    const sorts = GOES_WITH[name];
    if (value !== undefined && sorts && !sorts.includes(sort))
      return [name, `goes with ${sorts.map((one) => `sort=${one}`).join(' or ')} only`];
  }
  if (!currency && (minAmountMinor !== undefined || maxAmountMinor !== undefined))
    return ['currency', 'is needed with minAmountMinor and maxAmountMinor'];
  if (sort === 'amount' && !currency) return ['currency', 'is needed with sort=amount'];
  if (sort === 'amount' && !status) return ['status', 'is needed with sort=amount'];
  const statuses = STATUSES_OF[sort];
  return statuses && status && !statuses.includes(status)
    ? ['status', `with sort=${sort} can be ${statuses.join(', ')} only`]
    : null;
}
