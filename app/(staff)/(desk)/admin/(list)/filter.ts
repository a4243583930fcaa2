import { isId } from '@/core/ids';
import { LINK_STATUSES, type LinkStatus } from '@/core/payment-link';

export type LinkFilter = { status?: LinkStatus; q?: string; batch?: string };

/** The filter that an address asks for. What it does not know, it leaves out. */
export function filterFrom(query: Record<string, string | string[] | undefined>): LinkFilter {
  const status = LINK_STATUSES.find((known) => known === query.status);
  const q = typeof query.q === 'string' ? query.q.trim().slice(0, 100) : '';
  const batch = typeof query.batch === 'string' && isId('paymentLinkBatch', query.batch) ? query.batch : '';
  return { ...(status && { status }), ...(q && { q }), ...(batch && { batch }) };
}

export const queryOf = (filter: LinkFilter): string => new URLSearchParams(filter).toString();

export function hrefOf(filter: LinkFilter): string {
  const query = queryOf(filter);
  return query ? `/admin?${query}` : '/admin';
}
