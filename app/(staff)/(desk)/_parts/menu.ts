import type { Role } from '@/core/permissions';
import type { NavItem } from '../nav-link';
import { SETTINGS } from './settings';

const HOME = { href: '/admin/home', label: 'Home' };
const LINKS: NavItem = {
  href: '/admin',
  label: 'Payment links',
  not: [
    '/admin/home',
    '/admin/money',
    '/admin/webhooks',
    '/admin/settings',
    ...SETTINGS.map(({ href }) => href),
  ],
};
const MONEY = { href: '/admin/money', label: 'Money' };
const WEBHOOKS = { href: '/admin/webhooks', label: 'Webhooks' };
const SETTINGS_HOME = { href: '/admin/settings', label: 'Settings', also: SETTINGS.map(({ href }) => href) };
const REQUESTS = { href: '/admin/money/requests', label: 'Requests' };
const WORKSPACE = { href: '/agent', label: 'Workspace' };
/** What each role finds in the menu. */
export const MENU: Record<Role, NavItem[]> = {
  owner: [HOME, LINKS, WORKSPACE, MONEY, WEBHOOKS, SETTINGS_HOME],
  admin: [HOME, LINKS, WORKSPACE, MONEY, WEBHOOKS, SETTINGS_HOME],
  agent: [WORKSPACE, LINKS, REQUESTS],
  viewer: [HOME, LINKS, MONEY, WEBHOOKS, SETTINGS_HOME],
};
