import { LINK_STATUSES, type LinkStatus } from '@/core/payment-link';

export type LinkFilter = { status?: LinkStatus; q?: string };

/** The filter that an address asks for. What it does not know, it leaves out. */
export function filterFrom(query: Record<string, string | string[] | undefined>): LinkFilter {
  const status = LINK_STATUSES.find((known) => known === query.status);
  const q = typeof query.q === 'string' ? query.q.trim().slice(0, 100) : '';
  return { ...(status && { status }), ...(q && { q }) };
}

export const queryOf = (filter: LinkFilter): string => new URLSearchParams(filter).toString();

export function hrefOf(filter: LinkFilter): string {
  const query = queryOf(filter);
  return query ? `/admin?${query}` : '/admin';
}
