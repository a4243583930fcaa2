import { BULK_LIMITS, BULK_PERMISSIONS } from '@/core/bulk-act';
import { type Outcome, refuse } from '@/core/outcome';
import { type BulkActRow, confirmBulkAct } from '@/db/queries/bulk-acts';
import { authorize, authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { type BulkAct, startBulkActInput } from '../contracts/bulk-acts';
import { audit } from '../events/audit';
import { parseInput, refuseField } from '../parse';
import { executor, transact } from '../transact';
import { loadBulkAct, personOf, showBulkAct } from './load';
import { scheduleBulkAct } from './schedule';

/**
 * Confirms what was prepared: it is the act of whoever does. It begins after a time of grace, in which it is undone whole. Confirmed
 * twice, it is done once. To cancel very many links needs a fresh proof of who does it.
 */
export async function startBulkAct(ctx: Ctx, id: string, raw: unknown): Promise<Outcome<BulkAct>> {
  const allowed = authorize(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(startBulkActInput, raw);
  if (!parsed.ok) return parsed;
  const { channel, reason } = parsed.value;
  const found = await loadBulkAct(ctx, executor(ctx), id);
  if (!found.ok) return found;
  const { act, links } = found.value.act;
  const may = mayStart(ctx, found.value);
  if (!may.ok) return may;
  const by = personOf(ctx);
  if (!by.ok) return by;
  if (act === 'send' && !channel) return refuseField('channel', 'is needed');
  if (act === 'cancel' && !reason) return refuseField('reason', 'is needed');
  const how = act === 'send' ? { channel } : { reason };
  return transact(ctx, async (tx) => {
    const key = { merchantId: ctx.merchantId, id };
    if (await confirmBulkAct(tx, key, { ...how, ...by.value })) {
      await scheduleBulkAct(tx, key, BULK_LIMITS.graceSeconds);
      await audit(ctx, tx, 'bulk_act.start', id, { act, links, ...how });
    }
    const shown = await showBulkAct(ctx, tx, id);
    return shown.ok && shown.value.state === 'prepared'
      ? refuse('conflict', 'These links were counted more than an hour ago. Close this and ask again.')
      : shown;
  });
}

function mayStart(ctx: Ctx, { act: { act, links } }: BulkActRow): Outcome<true> {
  const isLarge = act === 'cancel' && links > BULK_LIMITS.canceledUnproved;
  return isLarge ? authorizeVerified(ctx, BULK_PERMISSIONS[act]) : authorize(ctx, BULK_PERMISSIONS[act]);
}
