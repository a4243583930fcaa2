import type { Outcome } from '@/core/outcome';
import type { Executor } from '@/db/client';
import { isDatabaseAway, isLockTimeout } from '@/db/refusals';
import type { Ctx } from './context';

class Refused extends Error {
  constructor(readonly outcome: { ok: false; error: unknown }) {
    super('refused');
  }
}

/** One transaction, or a savepoint in the act's own. A refusal rolls back what was written before it. */
export async function transact<T>(
  ctx: Ctx,
  work: (tx: Executor) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  try {
    const done = await (ctx.tx ?? ctx.db).transaction(async (tx) => {
      const outcome = await work(tx);
      if (!outcome.ok) throw new Refused(outcome);
      return outcome;
    });
    if (!ctx.tx) ctx.wake?.();
    return done;
  } catch (error) {
    if (error instanceof Refused) return error.outcome as Outcome<T>;
    throw error;
  }
}

/** The database or transaction that a reading verb runs on. */
export const executor = (ctx: Ctx): Executor => ctx.tx ?? ctx.db;

/** True for what is nobody's fault and passes: the database is away, or another act holds the object for too long. */
export const isPassing = (error: unknown): boolean => isDatabaseAway(error) || isLockTimeout(error);
