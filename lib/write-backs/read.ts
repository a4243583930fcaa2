import { type Outcome, ok } from '@/core/outcome';
import type { EndpointRow } from '@/db/queries/webhook-endpoints';
import { findProfileEndpoint } from '@/db/queries/webhook-endpoints';
import { authorize } from '../authorize';
import type { Config, Ctx } from '../context';
import type { WriteBack } from '../contracts/write-backs';
import { loadProfile } from '../form-lookups/internal';
import { executor } from '../transact';
import { webhookEndpointView } from '../webhooks/view';

export const writeBackView = (config: Config, row: EndpointRow): WriteBack => ({
  endpoint: webhookEndpointView(config, row),
  method: row.method,
  credentials: row.credentials ?? { kind: 'signature' },
  ends: (row.types ?? []) as WriteBack['ends'],
  template: row.template ?? '',
});

/** The write-back of a profile, without its secrets; null where none is set up. */
export async function readWriteBack(ctx: Ctx, profile: string): Promise<Outcome<WriteBack | null>> {
  const allowed = authorize(ctx, 'payment_profiles:read');
  if (!allowed.ok) return allowed;
  const found = await loadProfile(ctx, executor(ctx), profile);
  if (!found.ok) return found;
  const { merchantId } = ctx;
  const which = { merchantId, profileId: profile, kind: 'write_back' } as const;
  const row = await findProfileEndpoint(executor(ctx), which);
  return ok(row ? writeBackView(ctx.config, row) : null);
}
