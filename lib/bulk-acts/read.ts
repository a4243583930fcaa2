import { type Outcome, ok, refuse } from '@/core/outcome';
import { listLeftLinks as listLeftRows, listUnderWayActs } from '@/db/queries/bulk-acts';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { type BulkAct, type LeftLink, listLeftInput } from '../contracts/bulk-acts';
import type { Page } from '../contracts/common';
import { cutPage } from '../page';
import { parseInput } from '../parse';
import { executor } from '../transact';
import { bulkActView, showBulkAct } from './load';

const PAGE = 50;

/** One act of this merchant that was confirmed, with how far it is. */
export async function readBulkAct(ctx: Ctx, id: string): Promise<Outcome<BulkAct>> {
  const allowed = authorize(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const shown = await showBulkAct(ctx, executor(ctx), id);
  return shown.ok && shown.value.state === 'prepared'
    ? refuse('not_found', 'There is no such bulk act.')
    : shown;
}

/** The acts of this merchant that are under way, newest first. */
export async function listBulkActs(ctx: Ctx): Promise<Outcome<BulkAct[]>> {
  const allowed = authorize(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const tx = executor(ctx);
  const rows = await listUnderWayActs(tx, ctx.merchantId);
  return ok(await Promise.all(rows.map((row) => bulkActView(tx, row))));
}

/** The links that an act left as they were, each with why, in its order. */
export async function listLeftLinks(ctx: Ctx, id: string, raw: unknown): Promise<Outcome<Page<LeftLink>>> {
  const act = await readBulkAct(ctx, id);
  if (!act.ok) return act;
  const parsed = parseInput(listLeftInput, raw);
  if (!parsed.ok) return parsed;
  const key = { merchantId: ctx.merchantId, id };
  const rows = await listLeftRows(executor(ctx), key, Number(parsed.value.cursor ?? 0), PAGE + 1);
  const { page, nextCursor } = cutPage(rows, PAGE, ({ place }) => String(place));
  return ok({
    data: page.map(({ place: _, message, ...link }) => ({ ...link, message: message ?? '' })),
    nextCursor,
  });
}
