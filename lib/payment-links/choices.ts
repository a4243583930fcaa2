import { type Outcome, ok } from '@/core/outcome';
import { type LinkMaker, listLinkMakers } from '@/db/queries/link-makers';
import { listAllProfiles } from '@/db/queries/merchants';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { executor } from '../transact';

const MOST = 200;

/** What the list can be narrowed to, by name. Whoever may read links reads these names on them. */
export type FilterChoices = { makers: LinkMaker[]; profiles: { id: string; name: string }[] };

export async function listFilterChoices(ctx: Ctx): Promise<Outcome<FilterChoices>> {
  const allowed = authorize(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const makers = await listLinkMakers(executor(ctx), ctx.merchantId, MOST);
  const profiles = await listAllProfiles(executor(ctx), ctx.merchantId);
  return ok({ makers, profiles: profiles.map(({ id, name }) => ({ id, name })) });
}
