import { TAGS } from '@/lib/contracts/operations';

type Listed = { path: string; title: string };

/** The part of an address that a title has. */
const slugOf = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]+/g, '-');

/** The pages of the guide; `slug` null is the first. */
export const GUIDE = {
  start: { path: '/developers', title: 'First payment in five minutes' },
  authentication: { path: '/developers/authentication', title: 'Authentication' },
  webhooks: { path: '/developers/webhooks', title: 'Webhooks' },
  client: { path: '/developers/client', title: 'A typed client' },
  idempotency: { path: '/developers/idempotency', title: 'Idempotency' },
  pagination: { path: '/developers/pagination', title: 'Pagination' },
  'rate-limits': { path: '/developers/rate-limits', title: 'Rate limits' },
  'test-cards': { path: '/developers/test-cards', title: 'Test cards' },
  problems: { path: '/developers/problems', title: 'Errors' },
} as const satisfies Record<string, Listed>;

export const REFERENCE = '/developers/reference';
export const OBJECTS: Listed = { path: `${REFERENCE}/objects`, title: 'Objects' };

/** The page of each group of operations. */
export const tagPage = (tag: string): Listed => ({ path: `${REFERENCE}/${slugOf(tag)}`, title: tag });

/** Every page, in the order of the list that stands on each. */
export const PAGES: Record<string, readonly Listed[]> = {
  Guide: Object.values(GUIDE),
  Reference: [{ path: REFERENCE, title: 'All operations' }, ...Object.keys(TAGS).map(tagPage), OBJECTS],
};
