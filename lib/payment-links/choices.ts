import { type Outcome, ok } from '@/core/outcome';
import { listFilterNames, type Named } from '@/db/queries/filter-names';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { executor } from '../transact';

const MOST = 200;

/** What the list can be narrowed to, by name. Whoever may read links reads these names on them. */
export type FilterChoices = { makers: Named[]; profiles: Named[] };

export async function listFilterChoices(ctx: Ctx): Promise<Outcome<FilterChoices>> {
  const allowed = authorize(ctx, 'payment_links:read');
  return allowed.ok ? ok(await listFilterNames(executor(ctx), ctx.merchantId, MOST)) : allowed;
}
