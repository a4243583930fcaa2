import { type Outcome, ok } from '@/core/outcome';
import { ALERT_KINDS } from '@/core/reconciliation';
import { type AlertRow, listOpenAlerts } from '@/db/queries/alerts';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { Page } from '../contracts/payment-links';
import { type Alert, listWaitingInput } from '../contracts/reconciliation';
import { cutPage } from '../page';
import { parseInput, refuseCursor } from '../parse';
import { executor } from '../transact';

const alertView = (row: AlertRow): Alert => ({
  kind: row.kind,
  object: 'alert',
  subject: row.subject,
  message: row.message,
  paymentLink: row.paymentLinkId,
  raisedAt: row.raisedAt.toISOString(),
});

/** A cursor is an alert's kind and subject; no kind has a space in it. */
function placeOf(cursor: string): Pick<AlertRow, 'kind' | 'subject'> | null {
  const at = cursor.indexOf(' ');
  const kind = ALERT_KINDS.find((one) => one === cursor.slice(0, at));
  return kind ? { kind, subject: cursor.slice(at + 1) } : null;
}

/** A page of what an operator of this merchant must look at: open alerts, the newest first. */
export async function listAlerts(ctx: Ctx, raw: unknown = {}): Promise<Outcome<Page<Alert>>> {
  const allowed = authorize(ctx, 'reconciliation:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(listWaitingInput, raw, ['cursor']);
  if (!parsed.ok) return parsed;
  const { limit, cursor } = parsed.value;
  const before = cursor === undefined ? undefined : placeOf(cursor);
  if (before === null) return refuseCursor();
  const rows = await listOpenAlerts(executor(ctx), ctx.merchantId, limit + 1, before);
  const { page, nextCursor } = cutPage(rows, limit, ({ kind, subject }) => `${kind} ${subject}`);
  return ok({ data: page.map(alertView), nextCursor });
}
