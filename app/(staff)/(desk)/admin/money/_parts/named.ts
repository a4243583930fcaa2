import 'server-only';
import { type Outcome, ok } from '@/core/outcome';
import type { Ctx } from '@/lib/context';
import type { Page } from '@/lib/contracts/payment-links';
import { type LinkNames, nameLinks } from '@/lib/payment-links';

/** A page of a list about links, with the names that people know them by. */
export type Named<T> = Page<T> & { links: LinkNames };

export async function named<T>(
  ctx: Ctx,
  page: Outcome<Page<T>>,
  linkOf: (one: T) => string | null,
): Promise<Outcome<Named<T>>> {
  if (!page.ok) return page;
  const links = await nameLinks(ctx, page.value.data.map(linkOf));
  return links.ok ? ok({ ...page.value, links: links.value }) : links;
}

type Query = Record<string, string | string[] | undefined>;

/** One value of an address's query; what is empty or given twice is left out. */
export const one = (query: Query, name: string): string | undefined => {
  const value = query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};
