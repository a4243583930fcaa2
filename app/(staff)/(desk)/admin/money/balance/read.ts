import 'server-only';
import { type Outcome, ok } from '@/core/outcome';
import type { Ctx } from '@/lib/context';
import type { Page } from '@/lib/contracts/payment-links';
import type { BalanceReport, BalanceRun, LocatedGap } from '@/lib/contracts/reconciliation';
import { type LinkNames, nameLinks } from '@/lib/payment-links';
import { listProfileSettings, type ProfileSettings } from '@/lib/payment-profiles';
import { listBalanceReports, listBalanceRuns, readBalanceReport } from '@/lib/reconciliation';

export type BalancePage = Page<BalanceReport>;
type Query = Record<string, string | undefined>;

/** A page of reports. `gaps=1`: only those with a difference. */
export const readBalances = (ctx: Ctx, { gaps, ...query }: Query): Promise<Outcome<BalancePage>> =>
  listBalanceReports(ctx, { ...query, ...(gaps === '1' && { withGaps: true }) });

/** What is being balanced or waits for it, and the profiles that can be. */
export type BalanceWork = { runs: BalanceRun[]; profiles: ProfileSettings[] };
export async function readWork(ctx: Ctx): Promise<Outcome<BalanceWork>> {
  const runs = await listBalanceRuns(ctx);
  if (!runs.ok) return runs;
  const profiles = await listProfileSettings(ctx);
  return profiles.ok ? ok({ runs: runs.value, profiles: profiles.value }) : profiles;
}

export type WholeReport = {
  report: BalanceReport & { gaps: LocatedGap[] };
  links: LinkNames;
  profileName: string;
  run: BalanceRun | null;
};

/** One report with its differences, the names of their links, and whether its day is being balanced anew. */
export async function readWhole(ctx: Ctx, id: string): Promise<Outcome<WholeReport>> {
  const report = await readBalanceReport(ctx, id);
  if (!report.ok) return report;
  const { gaps, profile, day } = report.value;
  const links = await nameLinks(
    ctx,
    gaps.map((gap) => gap.paymentLink),
  );
  if (!links.ok) return links;
  const work = await readWork(ctx);
  if (!work.ok) return work;
  const { runs, profiles } = work.value;
  return ok({
    report: report.value,
    links: links.value,
    profileName: profiles.find((one) => one.id === profile)?.name ?? profile,
    run: runs.find((one) => one.profile === profile && one.day === day) ?? null,
  });
}
