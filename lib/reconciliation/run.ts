import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import { settleAlert } from '@/db/queries/alerts';
import { emptyBalanceReports, isDayOver, upsertBalanceReport } from '@/db/queries/balance';
import { type LinkDrift, listLinkDrifts } from '@/db/queries/ledger';
import { findProfile, type ProfileRow } from '@/db/queries/merchants';
import { raiseAlert } from '../alerts/raise';
import type { Ctx } from '../context';
import { newId } from '../ids';
import { executor, transact } from '../transact';
import { reportOf } from './gateway-report';
import { gatewaySide, merge, ourSide } from './streams';
import { Tally, type Totals } from './tally';

const DAY_MS = 86_400_000;
const MOST_DRIFTS = 100;

export type BalanceResult = { day: string; gaps: number; mostWaiting: number };

/**
 * Balances one day (UTC, over) of a profile: the gateway's report, our ledger and the events, by currency. Reads from the
 * day before to the day after, so that the clocks of two systems at midnight are no difference. Made again it replaces
 * what it found before. Throws when the gateway's report cannot be read whole; nothing is written then.
 */
export async function runBalance(ctx: Ctx, profileId: string, day: string): Promise<Outcome<BalanceResult>> {
  const tx = executor(ctx);
  const profile = await findProfile(tx, ctx.merchantId, profileId);
  if (!profile) return refuse('not_found', 'There is no such payment profile.');
  if (!(await isDayOver(tx, day))) return refuse('conflict', 'This day is not over yet.');
  const from = new Date(`${day}T00:00:00.000Z`);
  const to = new Date(from.getTime() + DAY_MS);
  const [first, last] = [new Date(from.getTime() - DAY_MS), new Date(to.getTime() + DAY_MS)];
  const tally = new Tally(from, to);
  await merge(
    [ourSide(tx, profile, first, last), (entry) => tally.here(entry)],
    [gatewaySide(tx, profile, await reportOf(ctx, profile, first, last)), (line) => tally.there(line)],
  );
  const totals = tally.finish();
  const span = { profileId: profile.id, from: first, to };
  for (const drift of await listLinkDrifts(tx, ctx.merchantId, span, MOST_DRIFTS)) addDrift(totals, drift);
  const gaps = [...totals.values()].reduce((sum, { gapCount }) => sum + gapCount, 0);
  return transact(ctx, async (inner) => {
    await write(inner, profile, day, totals);
    await tell(ctx, inner, profile, day, gaps, totals);
    return ok({ day, gaps, mostWaiting: tally.mostWaiting });
  });
}

/** A link whose totals are not the sums of its entries stands in the report of its currency. */
function addDrift(totals: Map<string, Totals>, { id, currency, columns }: LinkDrift): void {
  const none = { gatewayMinor: 0, ledgerMinor: 0, eventsMinor: 0, gapCount: 0, gaps: [] };
  const of = totals.get(currency) ?? none;
  totals.set(currency, of);
  const hereMinor = columns.capturedMinor - columns.refundedMinor - columns.disputedMinor;
  of.gapCount += 1;
  of.gaps.push({ kind: 'link_total', entry: null, reference: id, hereMinor, gatewayMinor: null });
}

async function write(tx: Executor, profile: ProfileRow, day: string, totals: Map<string, Totals>) {
  const { merchantId, id: profileId } = profile;
  for (const [currency, told] of totals)
    await upsertBalanceReport(tx, {
      merchantId,
      id: newId('balanceReport'),
      profileId,
      day,
      currency,
      ...told,
    });
  await emptyBalanceReports(tx, profile, day, [...totals.keys()]);
}

/** One alert for a profile's day: raised while there are gaps, put away by a run that finds none. */
async function tell(
  ctx: Ctx,
  tx: Executor,
  profile: ProfileRow,
  day: string,
  gaps: number,
  totals: Map<string, Totals>,
): Promise<void> {
  const [kind, subject] = ['balance_difference' as const, `${profile.id} ${day}`];
  if (gaps === 0) {
    await settleAlert(tx, ctx.merchantId, kind, subject, 'Counterfoil');
    return;
  }
  const example = [...totals.values()].flatMap((one) => one.gaps)[0];
  const about = example ? `, the first about ${example.reference}` : '';
  const many = gaps === 1 ? 'There is 1 difference' : `There are ${gaps} differences`;
  await raiseAlert(ctx, tx, {
    kind,
    subject,
    message: `${many} between the gateway, the ledger and the events of profile ${profile.name} on ${day}${about}. Read the balance report.`,
  });
}
