import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { type ApiRequestRow, findApiRequest, listApiRequests as listRows } from '@/db/queries/api-requests';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { type ApiRequest, type ApiRequestDetail, listApiRequestsInput } from '../contracts/api-requests';
import type { Page } from '../contracts/common';
import { cutPage } from '../page';
import { parseInput, refuseCursor } from '../parse';
import { executor } from '../transact';

const view = (row: ApiRequestRow): ApiRequest => ({
  id: row.id,
  object: 'api_request',
  client: { kind: 'api_client', id: row.clientId, name: row.clientName },
  method: row.method,
  path: row.path,
  operation: row.operation,
  status: row.status,
  code: row.code,
  durationMs: row.durationMs,
  address: row.address,
  userAgent: row.userAgent,
  idempotencyKey: row.idempotencyKey,
  idempotencyReplayed: row.replayed,
  at: row.at.toISOString(),
});

/** A page of what this merchant's API clients asked within 30 days, newest first. */
export async function listApiRequests(ctx: Ctx, raw: unknown): Promise<Outcome<Page<ApiRequest>>> {
  const allowed = authorize(ctx, 'api_requests:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(listApiRequestsInput, raw);
  if (!parsed.ok) return parsed;
  const { limit, cursor, ...filter } = parsed.value;
  if (cursor !== undefined && !isId('request', cursor)) return refuseCursor();
  const rows = await listRows(executor(ctx), ctx.merchantId, { ...filter, before: cursor }, limit + 1);
  const { page, nextCursor } = cutPage(rows, limit, ({ id }) => id);
  return ok({ data: page.map(view), nextCursor });
}

/** One request with what was sent, masked, and why it was refused. */
export async function readApiRequest(ctx: Ctx, id: string): Promise<Outcome<ApiRequestDetail>> {
  const allowed = authorize(ctx, 'api_requests:read');
  if (!allowed.ok) return allowed;
  const key = { merchantId: ctx.merchantId, id };
  const row = isId('request', id) ? await findApiRequest(executor(ctx), key) : undefined;
  if (!row) return refuse('not_found', 'There is no such request.');
  return ok({ ...view(row), query: row.query, body: row.body ?? null, problem: row.problem ?? null });
}
