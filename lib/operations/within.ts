import type { Outcome } from '@/core/outcome';
import type { Ctx } from '../context';
import type { Act } from '../transact';

/**
 * Does an act in the open transaction of a first start, where what it asks outside may be asked beside it: nobody else waits for
 * its connections yet. Throws what is refused.
 */
export async function doWithin<T>(ctx: Ctx, prepare: (ctx: Ctx) => Promise<Outcome<Act<T>>>): Promise<T> {
  const { tx: _, ...outer } = ctx;
  const act = await prepare(outer);
  const done = act.ok ? await act.value(ctx) : act;
  if (!done.ok) throw new Error(done.error.message);
  return done.value;
}
