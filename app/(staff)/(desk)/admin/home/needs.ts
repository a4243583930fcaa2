import type { HomeNeeds } from '@/lib/contracts/home';
import { NEEDS } from '../money/_parts/needs';

type HomeNeed = { need: keyof HomeNeeds; path: string; title: string; what: string };

/** What may need somebody, the money first. */
export const HOME_NEEDS: readonly HomeNeed[] = [
  ...NEEDS,
  {
    need: 'declinedTwice',
    path: '/admin?status=active',
    title: 'Declined twice',
    what: 'Links on which a card was declined at least twice. A call often helps: another card, or the bank.',
  },
  {
    need: 'undelivered',
    path: '/admin?status=active',
    title: 'Not delivered',
    what: 'Open links whose last message did not reach the customer. Correct the address and send again.',
  },
  {
    need: 'expiring',
    path: '/admin?status=active',
    title: 'Ending within a day',
    what: 'Links that nobody has paid and that stop working within 24 hours.',
  },
  {
    need: 'endpoints',
    path: '/admin/webhooks',
    title: 'Failing endpoints',
    what: 'Your system does not take what we tell it. We go on trying.',
  },
  {
    need: 'batches',
    path: '/admin/import',
    title: 'Imports with errors',
    what: 'Imports of the last three days with rows of which no link was made.',
  },
];
