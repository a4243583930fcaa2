import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import { dbNow } from '@/db/clock';
import {
  addProgress,
  type BatchRow,
  deleteParts,
  findBatch,
  insertBatchErrors,
  insertBatchRejects,
  listParts,
  moveBatch,
  notePartChecked,
  readPart,
  takePart,
} from '@/db/queries/payment-link-batches';
import type { Actor, Ctx, Services } from '../context';
import type { Resolve } from '../egress/guard';
import { issueLinks, loadIssuer } from '../payment-links/issue';
import { transact } from '../transact';
import { type Checked, checkRows, rememberedResolve } from './check';
import { errorRows } from './errors';
import { scheduleBatch } from './schedule';

type Key = { merchantId: number; id: string };
/** One work on a batch: for whom, until when, with what was learned on the way. */
type Run = { ctx: Ctx; key: Key; row: BatchRow; resolve: Resolve; until: number };

/** While the database writes one part, the next is checked. */
const LANES = 2;
/** Another worker has the parts that are left. */
const WAIT_SECONDS = 2;

/**
 * Works on a batch for at most `budgetMs`, part by part, and puts the rest on the queue again. A part is taken and its links
 * are issued in one transaction: killed at any moment, nothing of it was done, and no row is issued twice, however many
 * workers are at it. Returns the state in which the batch is left.
 */
export async function runPaymentLinkBatch(
  services: Services,
  key: Key,
  budgetMs: number,
): Promise<Outcome<string>> {
  const row = await findBatch(services.db, key);
  if (!row) return refuse('not_found', 'There is no such batch.');
  const ctx = batchCtx(services, row);
  const until = performance.now() + budgetMs;
  const run: Run = { ctx, key, row, resolve: rememberedResolve(), until };
  if (row.state === 'checking') return ok(await checkAll(run));
  return ok(row.state === 'issuing' ? await issueAll(run) : row.state);
}

/** The act of whoever asked for the batch, from where it was asked for. What they may was judged then. */
function batchCtx(services: Services, row: BatchRow): Ctx {
  const { createdByKind: kind, createdById: id, createdByName: name, address, requestId } = row;
  const actor: Actor =
    kind === 'user'
      ? { kind, id: id ?? '', name, role: 'agent' }
      : { kind: 'api_client', id: id ?? '', name, scopes: [] };
  const { merchantId } = row;
  return { ...services, merchantId, actor, requestId, isBulk: true, ...(address !== null && { address }) };
}

async function checkAll(run: Run): Promise<string> {
  const { ctx, key } = run;
  const rest = await work(run, 'unchecked', checkPart);
  if (rest) return later(run, rest);
  await transact(ctx, async (tx) => {
    const now = await findBatch(tx, key);
    const isClean = now?.refusedRows === 0;
    const ended = isClean ? {} : { endedAt: dbNow };
    const moved = await moveBatch(tx, key, 'checking', { state: isClean ? 'issuing' : 'refused', ...ended });
    if (moved && isClean) await scheduleBatch(tx, key);
    if (moved && !isClean) await deleteParts(tx, key);
    return ok(true);
  });
  return 'checked';
}

async function issueAll(run: Run): Promise<string> {
  const rest = await work(run, 'all', issuePart);
  if (rest) return later(run, rest);
  await moveBatch(run.ctx.db, run.key, 'issuing', { state: 'completed', endedAt: dbNow });
  return 'completed';
}

/** The rest of the work goes behind the jobs of others. */
async function later({ ctx, key, row }: Run, rest: 'more' | 'taken'): Promise<string> {
  await scheduleBatch(ctx.db, key, rest === 'taken' ? WAIT_SECONDS : 0);
  return row.state;
}

/** Does the parts that are left; null when none is, `taken` when others have all that are. */
async function work(
  run: Run,
  which: 'all' | 'unchecked',
  one: (run: Run, number: number) => Promise<boolean>,
): Promise<'more' | 'taken' | null> {
  const numbers = await listParts(run.ctx.db, run.key, which);
  if (numbers.length === 0) return null;
  let done = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < run.until) {
      const number = numbers.shift();
      if (number === undefined) return;
      if (await one(run, number)) done++;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  if (numbers.length > 0) return 'more';
  const left = await listParts(run.ctx.db, run.key, which);
  if (left.length === 0) return null;
  return done > 0 ? 'more' : 'taken';
}

/** Reads and checks a part outside any transaction: names may have to be looked up. Null when it is gone. */
async function readChecked({ ctx, key, resolve }: Run, number: number) {
  const rows = await readPart(ctx.db, { ...key, number });
  if (rows === undefined) return null;
  const issuer = await loadIssuer(ctx, ctx.db);
  return { issuer, checked: await checkRows(ctx, issuer, rows, resolve) };
}

async function noteRefused({ key }: Run, tx: Executor, { refused }: Checked): Promise<void> {
  await insertBatchErrors(
    tx,
    refused.flatMap(({ row, error }) => errorRows(key, row, error)),
  );
  const { merchantId, id: batchId } = key;
  await insertBatchRejects(
    tx,
    refused.map(({ row, raw }) => ({ merchantId, batchId, row, value: JSON.stringify(raw) })),
  );
}

async function checkPart(run: Run, number: number): Promise<boolean> {
  const part = await readChecked(run, number);
  if (!part) return false;
  const { approved, refused } = part.checked;
  const done = await transact(run.ctx, async (tx) => {
    if (!(await notePartChecked(tx, { ...run.key, number }))) return ok(false);
    await noteRefused(run, tx, part.checked);
    await addProgress(tx, run.key, { checked: approved.length + refused.length, refused: refused.length });
    return ok(true);
  });
  return done.ok && done.value;
}

async function issuePart(run: Run, number: number): Promise<boolean> {
  const part = await readChecked(run, number);
  if (!part) return false;
  const { approved, refused } = part.checked;
  const wereChecked = run.row.onError === 'refuse';
  const done = await transact(run.ctx, async (tx) => {
    if (!(await takePart(tx, { ...run.key, number }))) return ok(false);
    await issueLinks(run.ctx, tx, part.issuer, approved, run.key.id);
    await noteRefused(run, tx, part.checked);
    await addProgress(tx, run.key, {
      checked: wereChecked ? 0 : approved.length + refused.length,
      issued: approved.length,
      refused: refused.length,
    });
    return ok(true);
  });
  return done.ok && done.value;
}
