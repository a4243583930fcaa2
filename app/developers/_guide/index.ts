import type { Html } from '../../_server/html';
import { GUIDE } from '../_page/contents';
import { developerPage } from '../_page/document';
import { authenticationGuide } from './authentication';
import { clientGuide } from './client';
import { idempotencyGuide, paginationGuide, rateLimitsGuide, testCardsGuide } from './rules';
import { startGuide } from './start';
import { webhooksGuide } from './webhooks';

const BODIES: Record<Exclude<keyof typeof GUIDE, 'problems'>, () => Html> = {
  start: startGuide,
  authentication: authenticationGuide,
  webhooks: webhooksGuide,
  client: clientGuide,
  idempotency: idempotencyGuide,
  pagination: paginationGuide,
  'rate-limits': rateLimitsGuide,
  'test-cards': testCardsGuide,
};

/** A page of the guide by the end of its address; null where there is none. */
export function guidePage(slug: string): Response | null {
  const [name, body] = Object.entries(BODIES).find(([one]) => one === slug) ?? [];
  const listed = Object.entries(GUIDE).find(([one]) => one === name)?.[1];
  return body && listed ? developerPage({ ...listed, body: body() }) : null;
}
