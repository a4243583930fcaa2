import { BULK_PERMISSIONS } from '@/core/bulk-act';
import { type Outcome, refuse } from '@/core/outcome';
import { dbNow } from '@/db/clock';
import { moveBulkAct } from '@/db/queries/bulk-acts';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { BulkAct } from '../contracts/bulk-acts';
import { audit } from '../events/audit';
import { executor, transact } from '../transact';
import { loadBulkAct, showBulkAct } from './load';

/**
 * Takes back all of an act that has not begun, or the rest of one that has: once this has answered, no further link is touched.
 * One that has ended stays as it is.
 */
export async function stopBulkAct(ctx: Ctx, id: string): Promise<Outcome<BulkAct>> {
  const allowed = authorize(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const found = await loadBulkAct(ctx, executor(ctx), id);
  if (!found.ok) return found;
  const may = authorize(ctx, BULK_PERMISSIONS[found.value.act.act]);
  if (!may.ok) return may;
  if (found.value.act.state === 'prepared') return refuse('not_found', 'There is no such bulk act.');
  return transact(ctx, async (tx) => {
    const key = { merchantId: ctx.merchantId, id };
    const ended = { endedAt: dbNow };
    if (await moveBulkAct(tx, key, ['waiting', 'undone'], ended)) await audit(ctx, tx, 'bulk_act.undo', id);
    else if (await moveBulkAct(tx, key, ['running', 'stopped'], ended))
      await audit(ctx, tx, 'bulk_act.stop', id);
    return showBulkAct(ctx, tx, id);
  });
}
