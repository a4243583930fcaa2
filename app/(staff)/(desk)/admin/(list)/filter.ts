import { isId } from '@/core/ids';
import { CHANNELS, CLOCKED, LINK_STATUSES, type LinkSort, type LinkStatus } from '@/core/payment-link';

/** The orders of this screen; the API has one more, which needs a currency. */
export const SORTS = ['newest', 'expiring', 'paid'] as const satisfies readonly LinkSort[];
export const SENT = [...CHANNELS, 'none'] as const;

export type LinkFilter = {
  status?: LinkStatus;
  q?: string;
  batch?: string;
  channel?: (typeof SENT)[number];
  sort?: Exclude<(typeof SORTS)[number], 'newest'>;
};

/** Whether a list is offered in an order: what an index cannot answer is refused. */
export function isOffered(sort: (typeof SORTS)[number], { status, q, channel, batch }: LinkFilter): boolean {
  if (sort === 'newest') return true;
  if (q) return false;
  if (sort === 'paid') return !channel && !batch && (!status || status === 'paid');
  return !status || CLOCKED.some((one) => one === status);
}

/** The filter that an address asks for. What it does not know, or what does not go together, it leaves out. */
export function filterFrom(query: Record<string, string | string[] | undefined>): LinkFilter {
  const status = LINK_STATUSES.find((known) => known === query.status);
  const channel = SENT.find((known) => known === query.channel);
  const q = typeof query.q === 'string' ? query.q.trim().slice(0, 100) : '';
  const batch = typeof query.batch === 'string' && isId('paymentLinkBatch', query.batch) ? query.batch : '';
  const filter = {
    ...(status && { status }),
    ...(q && { q }),
    ...(channel && { channel }),
    ...(batch && { batch }),
  };
  const sort = SORTS.find((known) => known === query.sort);
  return sort && sort !== 'newest' && isOffered(sort, filter) ? { ...filter, sort } : filter;
}

export const queryOf = (filter: LinkFilter): string => new URLSearchParams(filter).toString();

export function hrefOf(filter: LinkFilter): string {
  const query = queryOf(filter);
  return query ? `/admin?${query}` : '/admin';
}
