import { type Outcome, ok } from '@/core/outcome';
import { countNeeds } from '@/db/queries/needs';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { Needs } from '../contracts/reconciliation';
import { executor } from '../transact';

/** How much of the money waits for a person, by list. A difference and a notice set aside have an alert as well. */
export async function readNeeds(ctx: Ctx): Promise<Outcome<Needs>> {
  const allowed = authorize(ctx, 'reconciliation:read');
  return allowed.ok ? ok(await countNeeds(executor(ctx), ctx.merchantId)) : allowed;
}
