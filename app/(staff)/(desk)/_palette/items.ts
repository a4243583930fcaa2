import { linkAmount } from '@/app/_components/format';
import { holdsCardNumber } from '@/core/card-rules';
import type { LinkStatus } from '@/core/payment-link';
import type { Role } from '@/core/permissions';
import type { DeskLink } from '@/lib/payment-links';
import { matching, type Place, placesOf } from './places';

/** A line of the palette: a screen or a link by its address, or signing out. */
export type Item = {
  key: string;
  name: string;
  more?: string | undefined;
  href: string | null;
  status?: LinkStatus;
};
export type Group = { title: string; items: Item[] };

const itemOf = ({ name, href, within }: Place): Item => ({
  key: `${name} ${href}`,
  name,
  href,
  more: within,
});
const SIGN_OUT: Item = { key: 'sign-out', name: 'Sign out', href: null };
const itemOfLink = (link: DeskLink): Item => ({
  key: link.id,
  name: linkAmount(link),
  more: [link.customer.name ?? link.customer.email ?? link.customer.phone, link.reference ?? link.description]
    .filter(Boolean)
    .join(' · '),
  href: `/admin/links/${link.id}`,
  status: link.status,
});

/** What a text brings for a role, the way on to the whole list last. A card number brings nothing. */
export function groupsOf(role: Role, text: string, links: readonly DeskLink[]): Group[] {
  const wanted = text.trim();
  if (holdsCardNumber(wanted)) return [];
  const { acts, screens } = placesOf(role);
  const isOut = matching([{ name: 'Sign out', href: '', about: 'log leave' }], wanted).length > 0;
  const all: Item = {
    key: 'all',
    name: `All payment links with “${wanted}”`,
    href: `/admin?${new URLSearchParams({ q: wanted })}`,
  };
  const groups = [
    { title: 'Do', items: [...matching(acts, wanted).map(itemOf), ...(isOut ? [SIGN_OUT] : [])] },
    { title: 'Go to', items: matching(screens, wanted).map(itemOf) },
    { title: 'Payment links', items: wanted === '' ? [] : [...links.map(itemOfLink), all] },
  ];
  return groups.filter(({ items }) => items.length > 0);
}
