import { type Role, roleMay } from '@/core/permissions';
import { MENU } from '../_parts/menu';
import { settingsOf } from '../_parts/settings';
import { MONEY_HOME, MONEY_PARTS } from '../admin/money/_parts/parts';

/** Something to go to or to do. `about`: what it is also found by. */
export type Place = { name: string; href: string; within?: string; about?: string };

/** What a role can begin. */
function beginnings(role: Role): Place[] {
  const issue = roleMay(role, 'payment_links:create')
    ? [
        { name: 'New payment link', href: '/admin/links/new', about: 'create issue send' },
        { name: 'Import payment links', href: '/admin/import', about: 'csv file upload' },
      ]
    : [];
  const take = roleMay(role, 'payment_sessions:create')
    ? [{ name: 'Take a payment', href: '/agent', about: 'call phone card workspace' }]
    : [];
  const invite = roleMay(role, 'team:write')
    ? [{ name: 'Invite somebody', href: '/admin/team', about: 'team person user add' }]
    : [];
  return [...issue, ...take, ...invite];
}

/** Every screen that a role sees: the menu's, and what is behind them. */
function screens(role: Role): Place[] {
  const menu: Place[] = MENU[role].map(({ href, label }) => ({ href, name: label }));
  const money = roleMay(role, 'reconciliation:read')
    ? MONEY_PARTS.slice(1).map(([part, name]) => ({ name, href: MONEY_HOME + part, within: 'Money' }))
    : [];
  const deliveries = roleMay(role, 'webhooks:read')
    ? [{ name: 'Deliveries', href: '/admin/webhooks/deliveries', within: 'Webhooks' }]
    : [];
  const settings = settingsOf(role).map(({ label, href, what }) => ({
    ...{ name: label, href, within: 'Settings', about: what },
  }));
  const requests = roleMay(role, 'api_requests:read')
    ? [{ name: 'API requests', href: '/admin/developers/requests', within: 'Developers', about: 'log' }]
    : [];
  const imports = { name: 'Imports', href: '/admin/import', within: 'Payment links' };
  const account = [
    { name: 'Your account', href: '/account', about: 'profile time zone password' },
    { name: 'Security', href: '/account/security', within: 'Your account', about: 'passkey app codes' },
    { name: 'Sessions', href: '/account/sessions', within: 'Your account', about: 'devices' },
  ];
  return [...menu, imports, ...money, ...deliveries, ...settings, ...requests, ...account];
}

export const placesOf = (role: Role): { acts: Place[]; screens: Place[] } => ({
  acts: beginnings(role),
  screens: screens(role),
});

/** What every word of a text begins a word of; what is called so comes first. */
export function matching(places: readonly Place[], text: string): Place[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const says = (told: string) => {
    const parts = told.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  };
  const named = places.filter(({ name }) => says(name));
  const others = places.filter(
    (place) => !named.includes(place) && says(`${place.name} ${place.within ?? ''} ${place.about ?? ''}`),
  );
  return [...named, ...others];
}

/** Long digits that a card number may begin with: they are not looked for while they are typed. */
export const mayBecomeCard = (text: string): boolean => /^[2-6][\d\s-]{7,}$/.test(text.trim());
