import { dayOf, nextDay, startOfDay } from '@/core/days';
import { NO_COUNTS, PERIODS } from '@/core/figures';
import type { Executor } from '@/db/client';
import { readNow } from '@/db/clock';
import {
  type FiguresDue,
  type FiguresRow,
  insertFigures,
  listFiguresDue,
  measureFigures,
} from '@/db/queries/figures';
import type { Services } from '../context';

/** What began before a day's end is written by then. */
const SETTLED_SECONDS = 300;
const MERCHANTS_AT_ONCE = 100;
const MOST_DAYS = Math.max(...PERIODS);

/** The day so many days before another. */
export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

/** What happened on a day of a merchant's calendar. Of a day without any there is a row all the same: it was counted. */
export async function measureDay(
  tx: Executor,
  { merchantId, timeZone }: { merchantId: number; timeZone: string },
  day: string,
): Promise<FiguresRow[]> {
  const [from, to] = [startOfDay(day, timeZone), startOfDay(nextDay(day), timeZone)];
  const rows = await measureFigures(tx, merchantId, from, to);
  const told = rows.length > 0 ? rows : [{ way: 'none' as const, ...NO_COUNTS, times: {} }];
  return told.map((row) => ({ merchantId, day, ...row }));
}

async function keepDays({ db }: Services, due: FiguresDue, last: string, until: number): Promise<number> {
  const first = [daysBefore(last, MOST_DAYS - 1), due.newest ? nextDay(due.newest) : due.since];
  let kept = 0;
  for (let day = first.sort().at(-1) ?? last; day <= last && performance.now() < until; day = nextDay(day)) {
    await insertFigures(db, await measureDay(db, due, day));
    kept++;
  }
  return kept;
}

/** Counts the days that are over and were not counted, of all merchants, for at most `budgetMs`; how many days. */
export async function keepFigures(services: Services, budgetMs: number): Promise<number> {
  const until = performance.now() + budgetMs;
  const settled = new Date((await readNow(services.db)).getTime() - SETTLED_SECONDS * 1000);
  let kept = 0;
  for (const due of await listFiguresDue(services.db, SETTLED_SECONDS, MERCHANTS_AT_ONCE))
    kept += await keepDays(services, due, daysBefore(dayOf(settled, due.timeZone), 1), until);
  return kept;
}
