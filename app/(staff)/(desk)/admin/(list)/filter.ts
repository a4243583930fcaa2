import { isId } from '@/core/ids';
import { periodFrom } from '@/core/link-period';
import { sortFault } from '@/core/link-sort';
import { isCurrency, MAX_AMOUNT_MINOR } from '@/core/money';
import { CHANNELS, LINK_SORTS, LINK_STATUSES, type LinkSort, type LinkStatus } from '@/core/payment-link';

export const SENT = [...CHANNELS, 'none'] as const;

/** What is asked for by an address, as the list's route takes it. Amounts are in minor units of the currency. */
export type LinkFilter = {
  status?: LinkStatus;
  q?: string;
  batch?: string;
  channel?: (typeof SENT)[number];
  period?: string;
  /** Who made it: a person, an API key or an OAuth client. */
  agent?: string;
  profile?: string;
  currency?: string;
  minAmountMinor?: string;
  maxAmountMinor?: string;
  sort?: Exclude<LinkSort, 'newest'>;
};

/** Whether a list is offered in an order: what an index cannot answer is refused. */
export const isOffered = (sort: LinkSort, { period, sort: _, ...rest }: LinkFilter): boolean =>
  sortFault({ ...rest, ...(period && { createdFrom: period }), sort }) === null;

type Query = Record<string, string | string[] | undefined>;
const isMaker = (id: string) => (['user', 'apiKey', 'oauthClient'] as const).some((kind) => isId(kind, id));
const isAmount = (text: string) => /^[1-9]\d*$/.test(text) && Number(text) <= MAX_AMOUNT_MINOR;

/** The filter that an address asks for. What it does not know, or what does not go together, it leaves out. */
export function filterFrom(query: Query): LinkFilter {
  const text = (name: string, is: (value: string) => boolean): string => {
    const value = query[name];
    return typeof value === 'string' && is(value.trim()) ? value.trim() : '';
  };
  const currency = text('currency', isCurrency);
  const given: Record<keyof Omit<LinkFilter, 'sort'>, string | undefined> = {
    status: LINK_STATUSES.find((known) => known === query.status),
    q: text('q', () => true).slice(0, 100),
    channel: SENT.find((known) => known === query.channel),
    batch: text('batch', (id) => isId('paymentLinkBatch', id)),
    period: text('period', (period) => periodFrom(period) !== null),
    agent: text('agent', isMaker),
    profile: text('profile', (id) => isId('profile', id)),
    currency,
    minAmountMinor: currency && text('minAmountMinor', isAmount),
    maxAmountMinor: currency && text('maxAmountMinor', isAmount),
  };
  const filter: LinkFilter = Object.fromEntries(Object.entries(given).filter(([, value]) => value));
  const sort = LINK_SORTS.find((known) => known === query.sort);
  return sort && sort !== 'newest' && isOffered(sort, filter) ? { ...filter, sort } : filter;
}

export const queryOf = (filter: LinkFilter): string => new URLSearchParams(filter).toString();

export function hrefOf(filter: LinkFilter): string {
  const query = queryOf(filter);
  return query ? `/admin?${query}` : '/admin';
}
