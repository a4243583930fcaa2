import { type Outcome, ok } from '@/core/outcome';
import { disablesAt, failingPercent } from '@/core/retry-schedule';
import { readNow } from '@/db/clock';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { WebhookEndpoint } from '../contracts/webhooks';
import { executor } from '../transact';
import { loadEndpoint } from './internal';
import { webhookEndpointView } from './view';

export type EndpointHealth = {
  endpoint: WebhookEndpoint;
  /** The moment of the answer, by the database's clock. */
  now: string;
  /** Where every try fails: when that ends in its being switched off, and how much of the way is gone. */
  failing: { since: string; disablesAt: string; percent: number } | null;
};

/** One endpoint of this merchant, with how far it is on the way to being disabled. */
export async function readEndpointHealth(ctx: Ctx, id: string): Promise<Outcome<EndpointHealth>> {
  const allowed = authorize(ctx, 'webhooks:read');
  if (!allowed.ok) return allowed;
  const tx = executor(ctx);
  const found = await loadEndpoint(ctx, tx, id, 'read');
  if (!found.ok) return found;
  const { failingSince: since, disabledAt } = found.value;
  const now = await readNow(tx);
  const failing = since && !disabledAt ? since : null;
  return ok({
    endpoint: webhookEndpointView(ctx.config, found.value),
    now: now.toISOString(),
    failing: failing && {
      since: failing.toISOString(),
      disablesAt: disablesAt(failing).toISOString(),
      percent: failingPercent(now.getTime() - failing.getTime()),
    },
  });
}
