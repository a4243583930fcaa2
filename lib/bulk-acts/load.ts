import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import { type BulkActRow, type BulkPerson, countBulkLinks, findBulkAct } from '@/db/queries/bulk-acts';
import type { Ctx } from '../context';
import type { BulkAct } from '../contracts/bulk-acts';

/** An act of this merchant; another's is simply not there. */
export async function loadBulkAct(ctx: Ctx, tx: Executor, id: string): Promise<Outcome<BulkActRow>> {
  const row = isId('bulkAct', id) && (await findBulkAct(tx, { merchantId: ctx.merchantId, id }));
  return row ? ok(row) : refuse('not_found', 'There is no such bulk act.');
}

/** The same as it is told, with how far it is. */
export async function showBulkAct(ctx: Ctx, tx: Executor, id: string): Promise<Outcome<BulkAct>> {
  const found = await loadBulkAct(ctx, tx, id);
  return found.ok ? ok(await bulkActView(tx, found.value)) : found;
}

/** Who asks for an act, from where: people alone, for whom each link is judged again by their role. */
export function personOf({ actor, address, requestId }: Ctx): Outcome<BulkPerson> {
  if (actor.kind !== 'user') return refuse('forbidden', 'This is for people who are signed in.');
  return ok({ createdById: actor.id, createdByName: actor.name, address: address ?? null, requestId });
}

export async function bulkActView(tx: Executor, { act: row, startsInSeconds }: BulkActRow): Promise<BulkAct> {
  const { id, act, state, channel, reason, links } = row;
  return {
    ...{ id, act, state, channel, reason, links },
    ...(await countBulkLinks(tx, row)),
    startsInSeconds: state === 'waiting' ? Math.max(startsInSeconds ?? 0, 0) : null,
    createdBy: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}
