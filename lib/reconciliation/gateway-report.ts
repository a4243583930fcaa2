import { listAccountsInUse, listGatewayAccounts } from '@/db/queries/gateway-accounts';
import type { ProfileRow } from '@/db/queries/merchants';
import type { Ctx } from '../context';
import { gatewayFor } from '../gateways';
import type { ReportLine } from '../gateways/port';
import { executor } from '../transact';

/** Money of an attempt may move this long after it was begun: a dispute has half a year. */
const MOVES_FOR_MS = 200 * 86_400_000;

/**
 * What the gateway tells of a profile's money in a span: the report of the account it uses, and of those it used before
 * as long as their money may move.
 */
export async function reportOf(
  ctx: Ctx,
  profile: ProfileRow,
  from: Date,
  to: Date,
): Promise<AsyncIterable<ReportLine>> {
  const tx = executor(ctx);
  const used = await listAccountsInUse(tx, profile, new Date(from.getTime() - MOVES_FOR_MS));
  const accounts = (await listGatewayAccounts(tx, profile)).filter(
    ({ id }) => id === profile.gatewayAccountId || used.includes(id),
  );
  return inOrder(accounts.map((account) => gatewayFor(ctx.config, account).report(from, to)));
}

/** Several reports in order of time, as one. A line that two of them have, because they are of one account, comes once. */
export async function* inOrder(reports: AsyncIterable<ReportLine>[]): AsyncGenerator<ReportLine, void> {
  const sources = reports.map((report) => report[Symbol.asyncIterator]());
  const heads = await Promise.all(sources.map((source) => source.next()));
  let [instant, seen] = [Number.NaN, new Set<string>()];
  for (;;) {
    let first: { index: number; line: ReportLine } | undefined;
    for (const [index, head] of heads.entries())
      if (!head.done && (!first || head.value.at < first.line.at)) first = { index, line: head.value };
    if (!first) return;
    const { index, line } = first;
    if (line.at.getTime() !== instant) [instant, seen] = [line.at.getTime(), new Set()];
    if (!seen.has(line.id)) yield line;
    seen.add(line.id);
    const next = await sources[index]?.next();
    if (next) heads[index] = next;
  }
}
