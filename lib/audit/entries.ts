import * as z from 'zod';
import { AUDIT_GROUPS, AUDIT_KINDS } from '@/core/audit-acts';
import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import {
  type AuditEntryRow,
  type AuditFilter,
  findAuditEntry,
  listActors,
  listAuditEntries as listRows,
} from '@/db/queries/audit-entries';
import { authorize, authorizeVerified } from '../authorize';
import { type Actor, actorName, type Ctx } from '../context';
import { instant, type Page, paging } from '../contracts/common';
import { csvRecord } from '../csv';
import { audit } from '../events/audit';
import { cutPage } from '../page';
import { parseInput, refuseCursor } from '../parse';
import { executor } from '../transact';

/** An entry as staff read it. `subject`: the id of what it was done to. */
export type AuditEntry = {
  id: string;
  actor: { kind: string; id: string | null; name: string };
  action: string;
  subject: string;
  data: Record<string, unknown>;
  address: string | null;
  requestId: string;
  at: string;
};

const filters = {
  person: z.string().max(64).optional(),
  kind: z.enum(AUDIT_GROUPS).optional(),
  subject: z.string().min(1).max(100).optional(),
  from: instant.optional(),
  to: instant.optional(),
};
const listInput = z.strictObject({ ...paging, ...filters });
const exportInput = z.strictObject(filters);

const filterOf = ({ kind, ...filter }: z.output<typeof exportInput>): AuditFilter => ({
  ...filter,
  kinds: kind && AUDIT_KINDS[kind],
});

type Names = ReadonlyMap<string, string>;
async function namesAt(ctx: Ctx): Promise<Names> {
  return new Map((await listActors(executor(ctx), ctx.merchantId)).map(({ id, name }) => [id, name]));
}

const NAMELESS: readonly string[] = ['payer', 'gateway', 'messaging_provider', 'system'];

function nameOf({ actorKind, actorId }: AuditEntryRow, names: Names): string {
  if (NAMELESS.includes(actorKind)) return actorName({ kind: actorKind } as Actor);
  return (actorId && names.get(actorId)) || actorId || actorKind;
}

const view = (row: AuditEntryRow, names: Names): AuditEntry => ({
  id: row.id,
  actor: { kind: row.actorKind, id: row.actorId, name: nameOf(row, names) },
  action: row.action,
  subject: row.subject,
  data: row.data,
  address: row.address,
  requestId: row.requestId,
  at: row.at.toISOString(),
});

const NO_ENTRY = refuse('not_found', 'There is no such entry.');

/** A page of who did what here, newest first. */
export async function listAuditEntries(ctx: Ctx, raw: unknown): Promise<Outcome<Page<AuditEntry>>> {
  const allowed = authorize(ctx, 'audit:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(listInput, raw, ['subject', 'person', 'cursor']);
  if (!parsed.ok) return parsed;
  const { limit, cursor, ...asked } = parsed.value;
  const before = cursor === undefined ? undefined : await entryAt(ctx, cursor);
  if (cursor !== undefined && !before) return refuseCursor();
  const rows = await listRows(executor(ctx), ctx.merchantId, filterOf(asked), before, limit + 1);
  const { page, nextCursor } = cutPage(rows, limit, ({ id }) => id);
  const names = await namesAt(ctx);
  return ok({ data: page.map((row) => view(row, names)), nextCursor });
}

const entryAt = async (ctx: Ctx, id: string): Promise<AuditEntryRow | undefined> =>
  isId('audit', id) ? findAuditEntry(executor(ctx), ctx.merchantId, id) : undefined;

/** One entry. */
export async function readAuditEntry(ctx: Ctx, id: string): Promise<Outcome<AuditEntry>> {
  const allowed = authorize(ctx, 'audit:read');
  if (!allowed.ok) return allowed;
  const row = await entryAt(ctx, id);
  return row ? ok(view(row, await namesAt(ctx))) : NO_ENTRY;
}

/** The people whose acts can be asked for, by name. */
export async function listAuditPeople(ctx: Ctx): Promise<Outcome<{ id: string; name: string }[]>> {
  const allowed = authorize(ctx, 'audit:read');
  if (!allowed.ok) return allowed;
  const actors = await listActors(executor(ctx), ctx.merchantId);
  return ok(actors.filter(({ isPerson }) => isPerson).map(({ id, name }) => ({ id, name })));
}

const PAGE = 500;
const COLUMNS = ['id', 'at', 'actorKind', 'actorId', 'actorName', 'action', 'subject'];

/** Entries as CSV, newest first, piece by piece. Whoever takes them away is noted, in the trail itself. */
export async function exportAuditEntries(ctx: Ctx, raw: unknown): Promise<Outcome<AsyncGenerator<string>>> {
  const allowed = authorizeVerified(ctx, 'audit:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(exportInput, raw, ['subject', 'person']);
  if (!parsed.ok) return parsed;
  await audit(ctx, executor(ctx), 'audit_trail.export', 'audit_trail', {
    filters: Object.keys(parsed.value),
  });
  return ok(csvOf(ctx, filterOf(parsed.value)));
}

/** Whether the export would be made now: asked before a browser is sent to fetch it. */
export async function mayExportAudit(ctx: Ctx): Promise<Outcome<true>> {
  return authorizeVerified(ctx, 'audit:read');
}

async function* csvOf(ctx: Ctx, filter: AuditFilter): AsyncGenerator<string> {
  const names = await namesAt(ctx);
  yield csvRecord([...COLUMNS, 'data', 'address', 'requestId']);
  for (let before: AuditEntryRow | undefined; ; ) {
    const rows = await listRows(executor(ctx), ctx.merchantId, filter, before, PAGE);
    yield rows
      .map((row) =>
        csvRecord([
          ...[row.id, row.at.toISOString(), row.actorKind, row.actorId, nameOf(row, names), row.action],
          ...[row.subject, JSON.stringify(row.data), row.address, row.requestId],
        ]),
      )
      .join('');
    before = rows.at(-1);
    if (rows.length < PAGE || !before) return;
  }
}
