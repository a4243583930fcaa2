import type { InfiniteData } from '@tanstack/react-query';
import { CLOCKED } from '@/core/payment-link';
import type { ChangedLinks, DeskLink, DeskPage } from '@/lib/payment-links';
import type { LinkFilter } from './filter';

export type Pages = InfiniteData<DeskPage, string>;

/** The pages with links that have changed in the places of what they were: nothing moves. */
export function replaced(seen: Pages, links: readonly DeskLink[]): Pages {
  const newer = new Map(links.map((link) => [link.id, link]));
  const pages = seen.pages.map((page) =>
    page.data.some(({ id }) => newer.has(id))
      ? { ...page, data: page.data.map((link) => newer.get(link.id) ?? link) }
      : page,
  );
  return { ...seen, pages };
}

/** By what a list is sorted, falling; null where a link is in none of its places. */
function placeIn(sort: LinkFilter['sort'], link: DeskLink): string | null {
  if (sort === 'paid') return link.paidAt;
  if (sort !== 'expiring') return link.createdAt;
  return CLOCKED.some((one) => one === link.status) ? link.expiresAt : null;
}

/** Of links that fit a list and are not shown, those that have a place among what is shown of it. */
export function missingFrom(
  { pages }: Pages,
  { links, fitting }: ChangedLinks,
  sort: LinkFilter['sort'],
): string[] {
  const shown = pages.flatMap(({ data }) => data);
  const last = pages.at(-1)?.nextCursor ? shown.at(-1) : undefined;
  const end = last && placeIn(sort, last);
  const hasPlace = (link: DeskLink): boolean => {
    const place = placeIn(sort, link);
    if (place === null) return false;
    if (!end) return true;
    return sort === 'expiring' ? place <= end : place >= end;
  };
  return links
    .filter((link) => fitting.includes(link.id) && !shown.some(({ id }) => id === link.id) && hasPlace(link))
    .map(({ id }) => id);
}
