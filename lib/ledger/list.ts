import { isId } from '@/core/ids';
import { type Outcome, ok } from '@/core/outcome';
import { type LedgerEntryRow, listLedgerEntries } from '@/db/queries/ledger';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { type LedgerEntry, listLedgerInput } from '../contracts/ledger';
import type { Page } from '../contracts/payment-links';
import { cutPage } from '../page';
import { parseInput, refuseCursor, refuseField } from '../parse';
import { executor } from '../transact';

const entryView = (row: LedgerEntryRow): LedgerEntry => ({
  id: row.id,
  object: 'ledger_entry',
  kind: row.kind,
  amountMinor: row.amountMinor,
  currency: row.currency,
  paymentLink: row.paymentLinkId,
  paymentAttempt: row.paymentAttemptId,
  refund: row.refundId,
  dispute: row.disputeId,
  late: row.late,
  at: row.at.toISOString(),
});

/** A page of the money that moved at this merchant, oldest first where nothing else is asked. The cursor is the last entry's id. */
export async function listLedger(ctx: Ctx, raw: unknown): Promise<Outcome<Page<LedgerEntry>>> {
  const allowed = authorize(ctx, 'ledger:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(listLedgerInput, raw);
  if (!parsed.ok) return parsed;
  const { limit, cursor, ...filter } = parsed.value;
  if (cursor !== undefined && !isId('ledgerEntry', cursor)) return refuseCursor();
  if (filter.paymentLink !== undefined && !isId('paymentLink', filter.paymentLink))
    return refuseField('paymentLink', 'is not the id of a payment link');
  const wanted = { ...filter, after: cursor };
  const rows = await listLedgerEntries(executor(ctx), ctx.merchantId, wanted, limit + 1);
  const { page, nextCursor } = cutPage(rows, limit, ({ id }) => id);
  return ok({ data: page.map(entryView), nextCursor });
}
