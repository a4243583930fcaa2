import { type Outcome, ok } from '@/core/outcome';
import { findLastPageCheck } from '@/db/queries/page-checks';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { PageCheck } from '../contracts/reconciliation';
import { executor } from '../transact';

/** The newest look at the payer's page; null where nobody has ever looked. */
export async function lastPageCheck(ctx: Ctx): Promise<Outcome<PageCheck | null>> {
  const allowed = authorize(ctx, 'reconciliation:read');
  if (!allowed.ok) return allowed;
  const row = await findLastPageCheck(executor(ctx));
  return ok(
    row
      ? {
          object: 'page_check',
          result: row.result,
          findings: row.findings,
          lookedAt: row.lookedAt.toISOString(),
        }
      : null,
  );
}
