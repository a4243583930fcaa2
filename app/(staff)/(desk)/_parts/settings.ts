import type { Role } from '@/core/permissions';

export type Setting = { href: string; label: string; what: string; roles: readonly Role[] };

const ADMINS = ['owner', 'admin'] as const;

/** The screens behind "Settings", in the order of their use. */
export const SETTINGS: readonly Setting[] = [
  {
    href: '/admin/profiles',
    label: 'Payment profiles',
    what: 'How money is taken: gateway, reminders, questions, receipts, lookups.',
    roles: ['owner', 'admin', 'viewer'],
  },
  {
    href: '/admin/gateways',
    label: 'Gateways',
    what: 'Which gateway account each profile uses, its keys, and whether it answers.',
    roles: ADMINS,
  },
  {
    href: '/admin/branding',
    label: 'Branding',
    what: 'Name, colour and logo that your customers see, and the domain they pay at.',
    roles: ADMINS,
  },
  {
    href: '/admin/templates',
    label: 'Message templates',
    what: 'What SMS and e-mails say, with a sentence of your own, and what an SMS costs.',
    roles: ADMINS,
  },
  {
    href: '/admin/team',
    label: 'Team',
    what: 'Who works here, in which role; invitations, sign-outs.',
    roles: ADMINS,
  },
  {
    href: '/admin/developers',
    label: 'Developers',
    what: 'API keys, OAuth clients and what they asked for.',
    roles: ADMINS,
  },
  {
    href: '/admin/single-sign-on',
    label: 'Single sign-on',
    what: 'The provider at which your people sign in, and which role their groups give.',
    roles: ['owner'],
  },
  {
    href: '/admin/audit',
    label: 'Audit log',
    what: 'Who did what, when and from where, and whether it is still as it was written.',
    roles: ADMINS,
  },
  {
    href: '/admin/evidence',
    label: 'Evidence',
    what: 'What your PCI DSS assessor asks for, to print or download.',
    roles: ADMINS,
  },
];

/** What of the settings a role sees. */
export const settingsOf = (role: Role): readonly Setting[] =>
  SETTINGS.filter(({ roles }) => roles.includes(role));
