import { dayOf, nextDay, startOfDay } from '@/core/days';
import { addCounts, medianSeconds, NO_COUNTS, type Steps, WAYS } from '@/core/figures';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { LINK_LIFETIME_SECONDS } from '@/core/payment-link';
import { COUNTED_TO } from '@/core/reconciliation';
import type { Executor } from '@/db/client';
import { readNow } from '@/db/clock';
import { type FiguresRow, readFigures } from '@/db/queries/figures';
import { findWaiting, readSteps, sumOutstanding } from '@/db/queries/home';
import { findMerchant } from '@/db/queries/merchants';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { type Home, readHomeInput } from '../contracts/home';
import { parseInput } from '../parse';
import { nameLinks } from '../payment-links';
import { readNeeds } from '../reconciliation';
import { executor } from '../transact';
import { daysBefore, daysIn, measureDay } from './figures';

/** What ends within a day; of messages and declines what an open link can have had; imports of the last three days. */
const REACH = {
  ...{ soon: 86_400, messages: LINK_LIFETIME_SECONDS, declines: LINK_LIFETIME_SECONDS, batches: 3 * 86_400 },
  most: COUNTED_TO,
} as const;
/** So many links of a trouble are named. */
const NAMED = 3;

/** What needs somebody now, and how the links of the last days did: as it was counted, and the last minutes live. */
export async function readHome(ctx: Ctx, raw: unknown): Promise<Outcome<Home>> {
  const allowed = authorize(ctx, 'reconciliation:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(readHomeInput, raw);
  if (!parsed.ok) return parsed;
  const [tx, { merchantId }] = [executor(ctx), ctx];
  const merchant = await findMerchant(tx, merchantId);
  if (!merchant) return refuse('not_found', 'There is no such merchant.');
  const [needs, found, outstanding, days] = await Promise.all([
    readNeeds(ctx),
    findWaiting(tx, merchantId, REACH),
    sumOutstanding(tx, merchantId),
    daysOf(tx, merchant, parsed.value.days),
  ]);
  if (!needs.ok) return needs;
  const { undelivered, declinedTwice, ...counts } = found;
  const troubled = await nameSome(ctx, { undelivered, declinedTwice });
  if (!troubled.ok) return troubled;
  const trouble = { undelivered: undelivered.length, declinedTwice: declinedTwice.length };
  const all = { ...needs.value, ...counts, ...trouble };
  return ok({ needs: all, troubled: troubled.value, outstanding, ...figuresOf(days) });
}

/** The first links of each trouble, by the names that people know them by. */
async function nameSome(
  ctx: Ctx,
  { undelivered, declinedTwice }: Record<keyof Home['troubled'], string[]>,
): Promise<Outcome<Home['troubled']>> {
  const [first, second] = [undelivered.slice(0, NAMED), declinedTwice.slice(0, NAMED)];
  const names = await nameLinks(ctx, [...first, ...second]);
  if (!names.ok) return names;
  const named = (ids: string[]) =>
    ids.flatMap((id) => {
      const name = names.value[id];
      return name ? [{ id, name }] : [];
    });
  return ok({ undelivered: named(first), declinedTwice: named(second) });
}

/** The days of a period with their rows: what was counted, and what has happened since, of today and yesterday. */
async function daysOf(
  tx: Executor,
  { id: merchantId, timeZone }: { id: number; timeZone: string },
  period: number,
): Promise<Map<string, FiguresRow[]>> {
  const today = dayOf(await readNow(tx), timeZone);
  const first = daysBefore(today, period - 1);
  const days = new Map<string, FiguresRow[]>();
  for (let day = first; day <= today; day = nextDay(day)) days.set(day, []);
  const { through, rows } = await readFigures(tx, merchantId, first);
  const yesterday = startOfDay(daysBefore(today, 1), timeZone);
  const since = through && through > yesterday ? through : yesterday;
  for (const part of daysIn(since, startOfDay(nextDay(today), timeZone), timeZone))
    rows.push(...(await measureDay(tx, merchantId, part)));
  for (const row of rows) days.get(row.day)?.push(row);
  return days;
}

function figuresOf(
  days: ReadonlyMap<string, FiguresRow[]>,
): Omit<Home, 'needs' | 'troubled' | 'outstanding'> {
  const all = [...days.values()].flat();
  const sum = (rows: FiguresRow[]) => rows.reduce((counts, row) => addCounts(counts, row), NO_COUNTS);
  return {
    days: [...days].map(([day, rows]) => {
      const { issued, paid } = sum(rows);
      return { day, issued, paid };
    }),
    funnel: sum(all),
    ways: WAYS.map((way) => ({ way, ...sum(all.filter((row) => row.way === way)) })),
    medianSeconds: medianSeconds(all.map(({ times }) => times)),
  };
}

/** What of a first set-up this merchant has done. */
export async function readSetUp(ctx: Ctx): Promise<Outcome<Steps>> {
  const allowed = authorize(ctx, 'reconciliation:read');
  return allowed.ok ? ok(await readSteps(executor(ctx), ctx.merchantId)) : allowed;
}
