import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import {
  type BalanceReportRow,
  findBalanceReport,
  isDayOver,
  listBalanceReports as listRows,
} from '@/db/queries/balance';
import { findProfile } from '@/db/queries/merchants';
import { findAttemptsBriefly } from '@/db/queries/payment-attempts';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { Page } from '../contracts/payment-links';
import {
  type BalanceReport,
  type LocatedGap,
  listBalanceReportsInput,
  requestBalanceInput,
} from '../contracts/reconciliation';
import { audit } from '../events/audit';
import { cutPage } from '../page';
import { parseInput, refuseCursor, refuseField } from '../parse';
import { executor, transact } from '../transact';
import { scheduleDay } from './schedule';

const reportView = (row: BalanceReportRow): BalanceReport => ({
  id: row.id,
  object: 'balance_report',
  profile: row.profileId,
  day: row.day,
  currency: row.currency,
  gatewayMinor: row.gatewayMinor,
  ledgerMinor: row.ledgerMinor,
  eventsMinor: row.eventsMinor,
  gapCount: row.gapCount,
  madeAt: row.madeAt.toISOString(),
});

/** A page of this merchant's balance reports, the newest first; what differs is in the report itself. */
export async function listBalanceReports(ctx: Ctx, raw: unknown): Promise<Outcome<Page<BalanceReport>>> {
  const allowed = authorize(ctx, 'reconciliation:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(listBalanceReportsInput, raw);
  if (!parsed.ok) return parsed;
  const { limit, cursor, profile, ...filter } = parsed.value;
  if (cursor !== undefined && !isId('balanceReport', cursor)) return refuseCursor();
  if (profile !== undefined && !isId('profile', profile))
    return refuseField('profile', 'is not a profile id');
  const wanted = { ...filter, before: cursor, profileId: profile };
  const rows = await listRows(executor(ctx), ctx.merchantId, wanted, limit + 1);
  const { page, nextCursor } = cutPage(rows, limit, ({ id }) => id);
  return ok({ data: page.map(reportView), nextCursor });
}

/** One balance report with its gaps, of each kind the first 200; `gapCount` has them all. */
export async function readBalanceReport(
  ctx: Ctx,
  id: string,
): Promise<Outcome<BalanceReport & { gaps: LocatedGap[] }>> {
  const allowed = authorize(ctx, 'reconciliation:read');
  if (!allowed.ok) return allowed;
  const tx = executor(ctx);
  const row = isId('balanceReport', id) && (await findBalanceReport(tx, ctx.merchantId, id));
  if (!row) return refuse('not_found', 'There is no such balance report.');
  const references = row.gaps.map((gap) => gap.reference);
  const attempts = await findAttemptsBriefly(tx, ctx.merchantId, references);
  const linkOf = ({ kind, reference }: BalanceReportRow['gaps'][number]) =>
    kind === 'link_total' ? reference : (attempts.get(reference)?.paymentLink ?? null);
  return ok({ ...reportView(row), gaps: row.gaps.map((gap) => ({ ...gap, paymentLink: linkOf(gap) })) });
}

/** An operator wants a day of a profile balanced again; the worker does it at once. */
export async function requestBalance(
  ctx: Ctx,
  raw: unknown,
): Promise<Outcome<{ profile: string; day: string }>> {
  const allowed = authorize(ctx, 'reconciliation:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(requestBalanceInput, raw);
  if (!parsed.ok) return parsed;
  const { profile, day } = parsed.value;
  return transact(ctx, async (tx) => {
    const key = { merchantId: ctx.merchantId, id: profile };
    if (!isId('profile', profile) || !(await findProfile(tx, ctx.merchantId, profile)))
      return refuse('not_found', 'There is no such payment profile.');
    if (!(await isDayOver(tx, day))) return refuseField('day', 'is not over yet (UTC)');
    await scheduleDay(tx, key, day);
    await audit(ctx, tx, 'balance.request', profile, { day });
    return ok({ profile, day });
  });
}
