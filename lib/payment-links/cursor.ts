import { isId } from '@/core/ids';
import { LINK_SORTS, type LinkSort } from '@/core/payment-link';
import type { Place } from '@/db/queries/link-list';

/** `-` leads back; then the order and what is sorted by, where that is more than the id. */
export const cursorOf = (sort: LinkSort, { value, id }: Place, back: boolean): string =>
  `${back ? '-' : ''}${value === null ? '' : `${LINK_SORTS.indexOf(sort)}${value.toString(36)}.`}${id}`;

/** The place that a cursor of a list in this order tells; null where it is none. */
export function placeFrom(sort: LinkSort, cursor: string): { from: Place; back: boolean } | null {
  const [, back, order, value, id = ''] = /^(-?)(?:(\d)([0-9a-z]{1,9})\.)?(plink_\w+)$/.exec(cursor) ?? [];
  const known = (order === undefined ? 'newest' : LINK_SORTS[Number(order)]) === sort;
  if (!known || !isId('paymentLink', id)) return null;
  return { from: { value: value === undefined ? null : Number.parseInt(value, 36), id }, back: back === '-' };
}
