import { dayOf, nextDay, startOfDay } from '@/core/days';
import { addCounts, addTimes, PERIODS } from '@/core/figures';
import type { Executor } from '@/db/client';
import { readNow } from '@/db/clock';
import {
  type FiguresDue,
  type FiguresRow,
  listFiguresDue,
  listFiguresOf,
  measureFigures,
  moveMark,
  putFigures,
} from '@/db/queries/figures';
import type { Services } from '../context';

/** What began before an instant is written by so long after it. */
const SETTLED_MS = 300_000;
const MERCHANTS_AT_ONCE = 1_000;
const MOST_DAYS = Math.max(...PERIODS);

/** The day so many days before another. */
export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

const earlier = (one: Date, other: Date): Date => (one < other ? one : other);

/** A span of time, cut where the days of a calendar end. */
export function* daysIn(
  from: Date,
  to: Date,
  zone: string,
): Generator<{ day: string; from: Date; to: Date }> {
  for (let at = from; at < to; ) {
    const day = dayOf(at, zone);
    const end = earlier(startOfDay(nextDay(day), zone), to);
    yield { day, from: at, to: end };
    at = end;
  }
}

/** What happened in a part of a day, for the row of that day. */
export async function measureDay(
  tx: Executor,
  merchantId: number,
  { day, from, to }: { day: string; from: Date; to: Date },
): Promise<FiguresRow[]> {
  return (await measureFigures(tx, merchantId, from, to)).map((row) => ({ merchantId, day, ...row }));
}

function sumOf(kept: FiguresRow | undefined, more: FiguresRow): FiguresRow {
  return kept ? { ...more, ...addCounts(kept, more), times: addTimes([kept.times, more.times]) } : more;
}

/** Counts on from the mark of a merchant, part by part, each once whoever is at it; how many parts. */
async function countOn({ db }: Services, due: FiguresDue, settled: Date, until: number): Promise<number> {
  const { merchantId, timeZone, createdAt } = due;
  const oldest = startOfDay(daysBefore(dayOf(settled, timeZone), MOST_DAYS - 1), timeZone);
  const first = due.through ?? (createdAt > oldest ? createdAt : oldest);
  let [mark, counted] = [due.through, 0];
  for (const part of daysIn(first, settled, timeZone)) {
    if (performance.now() > until) return counted;
    const isMine = await db.transaction(async (tx) => {
      if (!(await moveMark(tx, merchantId, mark, part.to))) return false;
      const measured = await measureDay(tx, merchantId, part);
      if (measured.length === 0) return true;
      const kept = await listFiguresOf(tx, merchantId, part.day);
      const sums = measured.map((row) =>
        sumOf(
          kept.find(({ way }) => way === row.way),
          row,
        ),
      );
      await putFigures(tx, sums);
      return true;
    });
    if (!isMine) return counted;
    mark = part.to;
    counted++;
  }
  return counted;
}

/** Counts what has happened at all merchants and is settled, for at most `budgetMs`; how many parts of days. */
export async function keepFigures(services: Services, budgetMs: number): Promise<number> {
  const until = performance.now() + budgetMs;
  const settled = new Date(Math.floor((await readNow(services.db)).getTime()) - SETTLED_MS);
  let counted = 0;
  for (const due of await listFiguresDue(services.db, settled, MERCHANTS_AT_ONCE))
    counted += await countOn(services, due, settled, until);
  return counted;
}
